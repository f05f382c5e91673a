import { flatten } from '../model/flatten.ts';
import { type Edit, type Replacement, replaceParts, trim } from './edits.ts';
import type { Succession } from './succession.ts';

/** Lists, and the items of all of them. */
export interface Flattened {
  readonly lists: readonly (readonly object[])[];
  /** Where among all items those of each list begin, and after the last list where they end. */
  readonly starts: Uint32Array;
  readonly all: readonly object[];
}

export const nothingFlattened: Flattened = { lists: [], starts: new Uint32Array(1), all: [] };

/** Only what other lists hold is put in. */
export function flattenAgain(before: Flattened, lists: Flattened['lists'], succession: Succession): Flattened {
  const edits = succession.edits(before.lists, lists);
  if (edits.length === 0) return { ...before, lists };
  const starts = shiftStarts(before.starts, lists, edits);
  const replacements: Replacement<object>[] = [];
  for (const { from, to, start, end } of edits) {
    const edit = {
      from: at(before.starts, from),
      to: at(before.starts, to),
      start: at(starts, start),
      end: at(starts, end),
    };
    const replacement = trim(before.all, { edit, items: flatten(lists.slice(start, end)) });
    if (replacement) replacements.push(replacement);
  }
  if (replacements.length === 0) return { lists, starts, all: before.all };
  const all = replaceParts(before.all, replacements);
  succession.note(
    before.all,
    all,
    replacements.map(({ edit }) => edit),
  );
  return { lists, starts, all };
}

function at(starts: Uint32Array, index: number): number {
  return starts[index] ?? 0;
}

function shiftStarts(before: Uint32Array, lists: Flattened['lists'], edits: readonly Edit[]): Uint32Array {
  const starts = new Uint32Array(lists.length + 1);
  let [old, index, shift] = [0, 0, 0];
  for (const edit of edits) {
    for (; old < edit.from; old++, index++) starts[index] = at(before, old) + shift;
    let place = at(before, old) + shift;
    for (; index < edit.end; index++) {
      starts[index] = place;
      place += lists[index]?.length ?? 0;
    }
    old = edit.to;
    shift = place - at(before, old);
  }
  for (; old < before.length; old++, index++) starts[index] = at(before, old) + shift;
  return starts;
}

/** Some long lists, one behind the other. */
export function joinAgain(before: Flattened, lists: Flattened['lists'], succession: Succession): Flattened {
  const starts = new Uint32Array(lists.length + 1);
  for (const [index, list] of lists.entries()) starts[index + 1] = at(starts, index) + list.length;
  if (lists.length !== before.lists.length) return { lists, starts, all: ([] as object[]).concat(...lists) };
  const edits = lists.flatMap((list, index) => {
    const [old, now] = [at(before.starts, index), at(starts, index)];
    return succession
      .edits(before.lists[index] ?? [], list)
      .map(({ from, to, start, end }) => ({ from: old + from, to: old + to, start: now + start, end: now + end }));
  });
  if (edits.length === 0) return { lists, starts, all: before.all };
  const all = ([] as object[]).concat(...lists);
  succession.note(before.all, all, edits);
  return { lists, starts, all };
}
