import { groupBy } from '../model/group-by.ts';
import type { Grouping } from '../model/memory.ts';
import { commonEnds, isSameList, middleOf } from './common-ends.ts';
import { LayeredMap } from './layered-map.ts';

/** A list, and the same items in another order. */
export interface Sorted<T> {
  readonly items: readonly T[];
  readonly result: readonly T[];
}

/** Sorts again, moving only what is new. */
export function resort<T extends object>(
  before: Sorted<T>,
  items: readonly T[],
  compare: (left: T, right: T) => number,
): readonly T[] {
  const { removed, added, keepsOrder } = findChanges(before.items, items);
  if (!keepsOrder) return items.toSorted(compare);
  if (removed.size === 0 && added.length === 0) return before.result;
  if (added.length > items.length / 8) return items.toSorted(compare);
  const result = removed.size === 0 ? [...before.result] : before.result.filter((item) => !removed.has(item));
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
  return result;
}

/** The items by key, and what was made of those that share one. */
export interface Grouped<T, G extends object> {
  readonly items: readonly T[];
  readonly members: LayeredMap<readonly T[]>;
  readonly groups: LayeredMap<G>;
}

export function groupAll<T, G extends object>(items: readonly T[], { keyOf, make }: Grouping<T, G>): Grouped<T, G> {
  const members = groupBy(items, keyOf);
  const groups = new Map<string, G>();
  for (const [key, sharing] of members) groups.set(key, make(sharing));
  return { items, members: LayeredMap.of(members), groups: LayeredMap.of(groups) };
}

/** Groups again, making anew only what something joined or left. The order of the keys means nothing. */
export function regroup<T extends object, G extends object>(
  before: Grouped<T, G>,
  items: readonly T[],
  { keyOf, make }: Grouping<T, G>,
): Grouped<T, G> {
  const { removed, added, keepsOrder } = findChanges(before.items, items);
  if (!keepsOrder) return groupAll(items, { keyOf, make });
  if (removed.size === 0 && added.length === 0) return before;
  const joining = groupBy(added, keyOf);
  const keys = new Set([...[...removed].map(keyOf), ...joining.keys()]);
  if (keys.size > before.members.size / 4) return groupAll(items, { keyOf, make });
  const members = new Map<string, readonly T[] | undefined>();
  const groups = new Map<string, G | undefined>();
  for (const key of keys) {
    const staying = (before.members.get(key) ?? []).filter((item) => !removed.has(item));
    const sharing = joinInOrder(staying, joining.get(key) ?? [], items);
    members.set(key, sharing.length === 0 ? undefined : sharing);
    groups.set(key, sharing.length === 0 ? undefined : make(sharing));
  }
  return { items, members: before.members.with(members), groups: before.groups.with(groups) };
}

/** Some of the items, and some others of them, both in their order: together. */
function joinInOrder<T>(some: readonly T[], others: readonly T[], items: readonly T[]): readonly T[] {
  if (some.length === 0) return others;
  const joined = [...some];
  for (const other of others) {
    const position = items.indexOf(other);
    joined.splice(
      findPlace(joined, (item) => items.indexOf(item) < position),
      0,
      other,
    );
  }
  return joined;
}

/** After all that come first, which stand together at the beginning. */
function findPlace<T>(list: readonly T[], comesFirst: (item: T) => boolean): number {
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

function findChanges<T extends object>(old: readonly T[], items: readonly T[]): ListChanges<T> {
  const ends = commonEnds(old, items);
  const [before, after] = [middleOf(old, ends), middleOf(items, ends)];
  const removed = new Set(before);
  const added = after.filter((item) => !removed.delete(item));
  const isNew = new Set(added);
  const keepsOrder = isSameList(
    before.filter((item) => !removed.has(item)),
    after.filter((item) => !isNew.has(item)),
  );
  return { removed, added, keepsOrder };
}
