import { groupByKeys } from '../model/group-by.ts';
import type { Grouping } from '../model/memory.ts';
import { isSameList } from './common-ends.ts';
import { type Edit, editsAt } from './edits.ts';
import { LayeredMap } from './layered-map.ts';
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

/** The items by key, and what was made of those that share one. */
export interface Grouped<T, G extends object> {
  readonly items: readonly T[];
  readonly members: LayeredMap<readonly T[]>;
  readonly groups: LayeredMap<G>;
}

export function groupAll<T, G extends object>(items: readonly T[], { keyOf, make }: Grouping<T, G>): Grouped<T, G> {
  const members = groupByKeys(items, keyOf);
  const groups = new Map<string, G>();
  for (const [key, sharing] of members) groups.set(key, make(sharing));
  return { items, members: LayeredMap.of(members), groups: LayeredMap.of(groups) };
}

export interface Regrouping<T, G> {
  readonly grouping: Grouping<T, G>;
  readonly succession: Succession;
}

/** Groups again, making anew only what something joined or left. The order of the keys means nothing. */
export function regroup<T extends object, G extends object>(
  before: Grouped<T, G>,
  items: readonly T[],
  { grouping, succession }: Regrouping<T, G>,
): Grouped<T, G> {
  const edits = succession.edits(before.items, items);
  if (edits.length === 0) return { ...before, items };
  let size = 0;
  for (const { from, to, start, end } of edits) size += to - from + end - start;
  const changes =
    size > items.length / 2
      ? compareMembers(before, items, grouping)
      : changeMembers(before, items, { grouping, edits, succession });
  const members = new Map<string, readonly T[] | undefined>();
  const groups = new Map<string, G | undefined>();
  for (const [key, list] of changes) {
    members.set(key, list.length === 0 ? undefined : list);
    const made = list.length === 0 ? undefined : grouping.make(list);
    if (made !== before.groups.get(key)) groups.set(key, made);
  }
  return {
    items,
    members: before.members.with(members),
    groups: groups.size === 0 ? before.groups : before.groups.with(groups),
  };
}

/** The members of those keys that have others than before. */
function compareMembers<T extends object, G extends object>(
  { members }: Grouped<T, G>,
  items: readonly T[],
  { keyOf }: Grouping<T, G>,
): ReadonlyMap<string, readonly T[]> {
  const changed = new Map<string, readonly T[]>(groupByKeys(items, keyOf));
  for (const [key, known] of members) {
    const list = changed.get(key);
    if (!list) changed.set(key, []);
    else if (isSameList(known, list)) changed.delete(key);
  }
  return changed;
}

interface Membership<T> {
  readonly list: readonly T[];
  /** From here on they are the new ones already. */
  readonly done: number;
  /** How the list differs from the one before. */
  readonly parts: readonly Part[];
}

/** A part of a list, and how many stand there now. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

interface MemberChanges<T, G> extends Regrouping<T, G> {
  readonly edits: readonly Edit[];
}

/** In place of those of a key that stood in a part of the list come those that stand there now: from the last part on. */
function changeMembers<T extends object, G extends object>(
  { items: old, members }: Grouped<T, G>,
  items: readonly T[],
  { grouping: { keyOf }, edits, succession }: MemberChanges<T, G>,
): ReadonlyMap<string, readonly T[]> {
  const changed = new Map<string, Membership<T>>();
  for (const { from, to, start, end } of edits.toReversed()) {
    const gone = groupByKeys(old.slice(from, to), keyOf);
    const come = groupByKeys(items.slice(start, end), keyOf);
    for (const key of new Set([...gone.keys(), ...come.keys()])) {
      const known = changed.get(key)?.list ?? members.get(key) ?? [];
      const done = changed.get(key)?.done ?? known.length;
      const [first] = gone.get(key) ?? [];
      const place = first ? known.indexOf(first) : findPlace(known.slice(0, done), (item) => old.indexOf(item) < from);
      const joining = come.get(key) ?? [];
      const part = { from: place, to: place + (gone.get(key)?.length ?? 0), size: joining.length };
      const list = known.slice(0, place).concat(joining, known.slice(part.to));
      changed.set(key, { list, done: place, parts: [part, ...(changed.get(key)?.parts ?? [])] });
    }
  }
  const lists = new Map<string, readonly T[]>();
  for (const [key, { list, parts }] of changed) {
    lists.set(key, list);
    const known = members.get(key);
    if (known) succession.note(known, list, editsOf(parts));
  }
  return lists;
}

function editsOf(parts: readonly Part[]): readonly Edit[] {
  let shift = 0;
  return parts.map(({ from, to, size }) => {
    const start = from + shift;
    shift += size - (to - from);
    return { from, to, start, end: start + size };
  });
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
