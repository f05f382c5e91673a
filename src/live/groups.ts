import { groupByKeys } from '../model/group-by.ts';
import type { Grouping } from '../model/memory.ts';
import { isSameList } from './common-ends.ts';
import type { Edit } from './edits.ts';
import { LayeredMap } from './layered-map.ts';
import { findPlace } from './ordered-lists.ts';
import type { Succession } from './succession.ts';

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
