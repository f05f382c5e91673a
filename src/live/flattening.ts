import { concatenate } from '../model/flatten.ts';
import { type Edit, type Replacement, replaceParts, trim } from './edits.ts';
import type { Succession } from './succession.ts';

/** The items of some lists. */
export interface Flattened {
  /** Where among all items those of each list begin, and after the last list where they end. */
  readonly starts: Uint32Array;
  readonly all: readonly object[];
}

export const nothingFlattened: Flattened = { starts: new Uint32Array(1), all: [] };

type Lists = readonly (readonly object[])[];

export function flattenAll(lists: Lists): Flattened {
  const starts = new Uint32Array(lists.length + 1);
  const all: object[] = [];
  for (let index = 0; index < lists.length; index++) {
    for (const item of lists[index] ?? []) all.push(item);
    starts[index + 1] = all.length;
  }
  return { starts, all };
}

/** With what comes in place of some lists. */
export function flattenAgain(
  { starts: before, all }: Flattened,
  replacements: readonly Replacement<readonly object[]>[],
  succession: Succession,
): Flattened {
  const starts = shiftStarts(before, replacements);
  const ofItems: Replacement<object>[] = [];
  for (const { edit, items: lists } of replacements) {
    const [from, to] = [at(before, edit.from), at(before, edit.to)];
    const [start, end] = [at(starts, edit.start), at(starts, edit.end)];
    ofItems.push({ edit: { from, to, start, end }, items: flattenAll(lists).all });
  }
  return { starts, all: followParts(all, ofItems, succession) };
}

/** The same list where all is replaced by what it was. */
export function followParts<T>(
  list: readonly T[],
  replacements: readonly Replacement<T>[],
  succession: Succession,
): readonly T[] {
  const changing: Replacement<T>[] = [];
  for (const replacement of replacements) {
    const trimmed = trim(list, replacement);
    if (trimmed) changing.push(trimmed);
  }
  if (changing.length === 0) return list;
  const replaced = replaceParts(list, changing);
  const edits = changing.map(({ edit }) => edit);
  succession.note(list as readonly object[], replaced as readonly object[], edits);
  return replaced;
}

function at(starts: Uint32Array, index: number): number {
  return starts[index] ?? 0;
}

function shiftStarts(before: Uint32Array, replacements: readonly Replacement<readonly object[]>[]): Uint32Array {
  const last = replacements.at(-1)?.edit ?? { to: 0, end: 0 };
  const starts = new Uint32Array(before.length + last.end - last.to);
  let [old, index, shift] = [0, 0, 0];
  for (const { edit, items } of replacements) {
    for (; old < edit.from; old++, index++) starts[index] = at(before, old) + shift;
    let place = at(before, old) + shift;
    for (const list of items) {
      starts[index++] = place;
      place += list.length;
    }
    old = edit.to;
    shift = place - at(before, old);
  }
  for (; old < before.length; old++, index++) starts[index] = at(before, old) + shift;
  return starts;
}

/** Some long lists, and one behind the other. */
export interface Joined {
  readonly lists: Lists;
  readonly all: readonly object[];
}

export function joinAgain(before: Joined | undefined, lists: Lists, succession: Succession): Joined {
  if (lists.length !== before?.lists.length) return { lists, all: concatenate(lists) };
  let [old, now] = [0, 0];
  const edits: Edit[] = [];
  for (const [index, list] of lists.entries()) {
    const known = before.lists[index] ?? [];
    for (const { from, to, start, end } of succession.edits(known, list)) {
      edits.push({ from: old + from, to: old + to, start: now + start, end: now + end });
    }
    old += known.length;
    now += list.length;
  }
  if (edits.length === 0) return { lists, all: before.all };
  const all = concatenate(lists);
  succession.note(before.all, all, edits);
  return { lists, all };
}
