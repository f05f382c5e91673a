import { concatenate } from '../model/flatten.ts';

/**
 * A part of a list, and the part of a later list that takes its place. Outside of the edits the two lists hold the same in
 * the same order; edits come in order, and do not touch.
 */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

export const noEdits: readonly Edit[] = [];

/** Edits beyond which a list is not worth being followed place by place. */
const manyEdits = 64;

/** How two lists of objects differ. (Only of objects: what compares anything with anything is several times slower.) */
export function compareLists(before: readonly object[], after: readonly object[]): readonly Edit[] {
  if (before.length === after.length) return compareInPlace(before, after);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  // Unlike `===`, this looks at no object that is the same.
  while (head < shorter && Object.is(before[head], after[head])) head++;
  let [to, end] = [before.length, after.length];
  while (to > head && end > head && Object.is(before[to - 1], after[end - 1])) {
    to--;
    end--;
  }
  return [{ from: head, to, start: head, end }];
}

function compareInPlace(before: readonly object[], after: readonly object[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (let index = 0; index < before.length; index++) {
    if (Object.is(before[index], after[index])) continue;
    const last = edits.at(-1);
    const joins = last && (last.to === index || edits.length === manyEdits);
    const from = joins ? last.from : index;
    const edit = { from, to: index + 1, start: from, end: index + 1 };
    if (joins) edits[edits.length - 1] = edit;
    else edits.push(edit);
  }
  return edits;
}

/** How a list differs from which some items were taken and to which others were added: by their places before and after. */
export function editsAt(removed: readonly number[], added: readonly number[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [gone, come] = [0, 0];
  while (gone < removed.length || come < added.length) {
    const shift = come - gone;
    const from = Math.min(removed[gone] ?? Infinity, (added[come] ?? Infinity) - shift);
    let [to, end] = [from, from + shift];
    while (removed[gone] === to || added[come] === end) {
      if (removed[gone] === to) {
        to++;
        gone++;
      } else {
        end++;
        come++;
      }
    }
    edits.push({ from, to, start: from + shift, end });
  }
  return edits;
}

/** One edit for too many. */
export function summarize(edits: readonly Edit[]): readonly Edit[] {
  return edits.length <= manyEdits ? edits : [span(edits)];
}

/** From the beginning of the first to the end of the last. */
export function span(edits: readonly Edit[]): Edit {
  const [first = nowhere, last = nowhere] = [edits[0], edits.at(-1)];
  return { from: first.from, to: last.to, start: first.start, end: last.end };
}

const nowhere: Edit = { from: 0, to: 0, start: 0, end: 0 };

/** What a part of a list becomes. */
export interface Replacement<T> {
  readonly edit: Edit;
  readonly items: readonly T[];
}

/** The list with other parts. It is copied once: long lists are dear. */
export function replaceParts<T>(list: readonly T[], replacements: readonly Replacement<T>[]): T[] {
  const resizing = replacements.filter(({ edit, items }) => items.length !== edit.to - edit.from);
  const replaced = resize(list, resizing);
  for (const { edit, items } of replacements) put(replaced, edit.start, items);
  return replaced;
}

/** The same in the list itself where it stays as long as it is. */
export function replaceInPlace<T>(list: T[], replacements: readonly Replacement<T>[]): T[] {
  if (replacements.some(({ edit, items }) => items.length !== edit.to - edit.from))
    return replaceParts(list, replacements);
  for (const { edit, items } of replacements) put(list, edit.start, items);
  return list;
}

function put<T>(list: T[], start: number, items: readonly T[]): void {
  for (let index = 0; index < items.length; index++) list[start + index] = items[index] as T;
}

function resize<T>(list: readonly T[], resizing: readonly Replacement<T>[]): T[] {
  if (resizing.length === 0) return list.slice();
  const parts: (readonly T[])[] = [];
  let from = 0;
  for (const { edit, items } of resizing) {
    parts.push(list.slice(from, edit.from), items);
    from = edit.to;
  }
  parts.push(list.slice(from));
  // toSpliced copies item by item where it takes a list for one with holes.
  return concatenate(parts);
}

/** The replacement without what it leaves as it is at both of its ends, or undefined where that is all. */
export function trim<T>(list: readonly T[], { edit, items }: Replacement<T>): Replacement<T> | undefined {
  let { from, to, start, end } = edit;
  while (from < to && start < end && Object.is(list[from], items[start - edit.start])) {
    from++;
    start++;
  }
  while (from < to && start < end && Object.is(list[to - 1], items[end - 1 - edit.start])) {
    to--;
    end--;
  }
  if (from === to && start === end) return undefined;
  return { edit: { from, to, start, end }, items: items.slice(start - edit.start, end - edit.start) };
}
