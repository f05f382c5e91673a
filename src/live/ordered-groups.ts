import type { PlainGrouping } from '../model/memory.ts';
import { editsAt } from './edits.ts';
import { type Grouped, groupAll, type Regrouping, regroup } from './groups.ts';
import { LayeredMap } from './layered-map.ts';
import { findChanges, findPlace, placesOf } from './ordered-lists.ts';

/** Groups in the order of what came first of each. */
export interface OrderedGroups<T, G extends object> {
  readonly grouped: Grouped<T, G>;
  readonly firsts: readonly T[];
  readonly list: readonly G[];
}

/** Groups beyond which they are put in order anew. */
const manyGroups = 16;

export function orderAll<T, G extends object>(items: readonly T[], grouping: PlainGrouping<T, G>): OrderedGroups<T, G> {
  return inOrder(groupAll(items, grouping), items, grouping);
}

/** Groups again, moving only those that something joined or left as the first. */
export function reorder<T extends object, G extends object>(
  before: OrderedGroups<T, G>,
  items: readonly T[],
  regrouping: Regrouping<T, G> & { readonly grouping: PlainGrouping<T, G> },
): OrderedGroups<T, G> {
  const grouped = regroup(before.grouped, items, regrouping);
  const changed = LayeredMap.changedKeys(before.grouped.groups, grouped.groups);
  const { keepsOrder } = findChanges(before.grouped.items, items, regrouping.succession);
  if (!keepsOrder || !changed || changed.size > manyGroups) return inOrder(grouped, items, regrouping.grouping);
  const keys = [...changed].filter((key) => grouped.groups.get(key) !== before.grouped.groups.get(key));
  if (keys.length === 0) return { ...before, grouped };
  const firsts = before.firsts.slice();
  const list = before.list.slice();
  const placed: { readonly first: T; readonly group: G }[] = [];
  for (const key of keys) {
    const [group, first] = [grouped.groups.get(key), grouped.members.get(key)?.[0]];
    const known = before.grouped.members.get(key)?.[0];
    const place = known ? firsts.indexOf(known) : -1;
    if (group && first && first === known) {
      list[place] = group;
      continue;
    }
    if (place >= 0) {
      firsts.splice(place, 1);
      list.splice(place, 1);
    }
    if (group && first) placed.push({ first, group });
  }
  for (const { first, group } of placed) {
    const position = items.indexOf(first);
    const place = findPlace(firsts, (other) => items.indexOf(other) < position);
    firsts.splice(place, 0, first);
    list.splice(place, 0, group);
  }
  const placesIn = (groups: readonly G[], byKey: ReadonlyMap<string, G>): readonly number[] =>
    placesOf(
      groups,
      keys.flatMap((key) => byKey.get(key) ?? []),
    );
  const edits = editsAt(placesIn(before.list, before.grouped.groups), placesIn(list, grouped.groups));
  regrouping.succession.note(before.list, list, edits);
  return { grouped, firsts, list };
}

function inOrder<T, G extends object>(
  grouped: Grouped<T, G>,
  items: readonly T[],
  { keyOf }: PlainGrouping<T, G>,
): OrderedGroups<T, G> {
  const firsts: T[] = [];
  const list: G[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (grouped.members.get(key)?.[0] !== item) continue;
    firsts.push(item);
    list.push(grouped.groups.get(key) as G);
  }
  return { grouped, firsts, list };
}
