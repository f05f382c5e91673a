import type { Diagnostic } from '../model/diagnostic.ts';
import type { Ingredients } from '../model/memory.ts';
import type { CommonEnds } from './common-ends.ts';
import { LayeredMap } from './layered-map.ts';
import type { Traits } from './personal-traits.ts';

/** Something that was reported; with a key where it is to be said once only. */
export interface Said {
  readonly key?: string;
  readonly diagnostic: Diagnostic;
}

/** A result, and what it came from. */
export interface Made<R> {
  readonly value: R;
  readonly ingredients: readonly unknown[];
  readonly said: readonly Said[];
  /** Those of the proxy that were looked at. */
  readonly traits: Traits;
}

/** What a list became the last time. */
export interface Mapping {
  readonly version: unknown;
  /** Where names were looked up. */
  readonly tables: readonly ReadonlyMap<string, object>[];
  readonly items: readonly object[];
  readonly made: readonly Made<unknown>[];
  readonly values: readonly unknown[];
  /** Whether anything was said while they were made. */
  readonly isVocal: boolean;
  /** All that were looked at for any of them. */
  readonly traits: Traits;
}

export const emptyMapping: Mapping = {
  version: undefined,
  tables: [],
  items: [],
  made: [],
  values: [],
  isVocal: false,
  traits: 0,
};

/** Whether the ingredients of one that stayed may have changed. */
export type Doubt<T> = (item: T) => boolean;

/** Undefined where nothing can have changed. */
export function doubtAbout<T>(before: Mapping, { version, lookups }: Ingredients<T>): Doubt<T> | undefined {
  if (before.version !== version || (version === undefined && !lookups)) return () => true;
  if (!lookups) return undefined;
  const changed = new Set<string>();
  for (const [index, table] of lookups.in.entries()) {
    const keys = LayeredMap.changedKeys(before.tables[index], table);
    if (!keys) return () => true;
    for (const key of keys) changed.add(key);
  }
  if (changed.size === 0) return undefined;
  return (item) => lookups.asksFor(item, changed);
}

/** Without what was made with an eye to some traits. */
export function withoutTraits({ items, made, values, ...mapping }: Mapping, traits: Traits): Mapping {
  const stays = (_: unknown, index: number): boolean => ((made[index]?.traits ?? 0) & traits) === 0;
  return {
    ...mapping,
    items: items.filter(stays),
    made: made.filter(stays),
    values: values.filter(stays),
    traits: mapping.traits & ~traits,
  };
}

/** Finds what an item was before, wherever it stood in the list. */
export function recaller(
  { items: old, made }: Mapping,
  items: readonly object[],
  { head, tail }: CommonEnds,
): (item: object, index: number) => Made<unknown> | undefined {
  const shift = old.length - items.length;
  const middle = new Map<object, Made<unknown> | undefined>();
  for (let index = head; index < old.length - tail; index++) middle.set(old[index] as object, made[index]);
  return (item, index) => {
    if (index < head) return made[index];
    return index >= items.length - tail ? made[index + shift] : middle.get(item);
  };
}
