import { editsAt } from './edits.ts';
import type { Succession } from './succession.ts';

/** A list, and the same items in another order. */
export interface Sorted<T> {
  readonly items: readonly T[];
  readonly result: readonly T[];
}

interface Sorting<T> {
  compare(left: T, right: T): number;
  readonly succession: Succession;
}

/** Sorts again, moving only what is new. */
export function resort<T extends object>(
  before: Sorted<T>,
  items: readonly T[],
  { compare, succession }: Sorting<T>,
): readonly T[] {
  const { removed, added, keepsOrder } = findChanges(before.items, items, succession);
  if (!keepsOrder) return items.toSorted(compare);
  if (removed.size === 0 && added.length === 0) return before.result;
  if (added.length > items.length / 8) return items.toSorted(compare);
  const result = without(before.result, removed);
  for (const item of added) {
    // After all that come before it or are its equals.
    const place = findPlace(result, (known) => compare(known, item) <= 0);
    const [earlier, later] = [result[place - 1], result[place]];
    // Equals stand in the order of the list, which says nothing about one that stands between them.
    if ((earlier && compare(earlier, item) === 0) || (later && compare(later, item) === 0)) {
      return items.toSorted(compare);
    }
    result.splice(place, 0, item);
  }
  if (removed.size + added.length <= fewChanges) {
    // One that has moved far is all that has changed: a comparison would find all between.
    const edits = editsAt(placesOf(before.result, [...removed]), placesOf(result, added));
    succession.note(before.result, result, edits);
  }
  return result;
}

/** Where some items stand in a list, in order. */
export function placesOf<T>(list: readonly T[], items: readonly T[]): readonly number[] {
  return items.map((item) => list.indexOf(item)).sort((left, right) => left - right);
}

/** Changes of which each is worth to be looked for. */
const fewChanges = 16;

/** A copy without some items. To look for one is faster than to ask each whether it is one of them. */
function without<T>(items: readonly T[], removed: ReadonlySet<T>): T[] {
  if (removed.size > fewChanges) return items.filter((item) => !removed.has(item));
  const left = items.slice();
  for (const item of removed) left.splice(left.indexOf(item), 1);
  return left;
}

/** After all that come first, which stand together at the beginning. */
export function findPlace<T>(list: readonly T[], comesFirst: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesFirst(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface ListChanges<T> {
  readonly removed: ReadonlySet<T>;
  readonly added: readonly T[];
  /** Whether what stayed stands in the same order. */
  readonly keepsOrder: boolean;
}

export function findChanges<T extends object>(
  old: readonly T[],
  items: readonly T[],
  succession: Succession,
): ListChanges<T> {
  const removed = new Set<T>();
  const added: T[] = [];
  let keepsOrder = true;
  for (const { from, to, start, end } of succession.edits(old, items)) {
    const before = old.slice(from, to);
    const gone = new Set(before);
    const staying: T[] = [];
    for (let index = start; index < end; index++) {
      const item = items[index] as T;
      if (gone.delete(item)) staying.push(item);
      else added.push(item);
    }
    let place = 0;
    for (const item of before) {
      if (gone.has(item)) removed.add(item);
      else if (staying[place++] !== item) keepsOrder = false;
    }
  }
  // What is somewhere else now has passed by others.
  return { removed, added, keepsOrder: keepsOrder && !added.some((item) => removed.has(item)) };
}
