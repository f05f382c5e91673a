import type { Ingredients, Lookups } from '../model/memory.ts';
import { Askers } from './askers.ts';
import { type Replacement, replaceInPlace } from './edits.ts';
import { LayeredMap } from './layered-map.ts';
import type { Traits } from './personal-traits.ts';
import type { Made } from './witness.ts';

/** What a list became the last time. */
export interface Mapping {
  readonly version: unknown;
  /** Where names were looked up. */
  readonly tables: readonly ReadonlyMap<string, object>[];
  readonly items: readonly object[];
  /** Goes from each mapping to the next, too, and is changed on the way. */
  readonly made: Made<unknown>[];
  /** Those while which something was said, in order. */
  readonly vocal: readonly Made<unknown>[];
  /** At least all that were looked at for any of them. */
  readonly traits: Traits;
  /** Which of the items ask for which names, once that was asked. Goes from each mapping to the next. */
  askers?: Askers | undefined;
}

const noTables: Mapping['tables'] = [];

/** Of no items. A mapping is changed on its way: each begins with one of its own. */
export function createMapping(): Mapping {
  return { version: undefined, tables: noTables, items: [], made: [], vocal: [], traits: 0 };
}

/** Those of which the ingredients may have changed. */
export type Doubt = 'all' | ReadonlySet<object>;

const noDoubt: Doubt = new Set();

export function doubtAbout<T extends object>(before: Mapping, { version, lookups }: Ingredients<T>): Doubt {
  if (before.version !== version || (version === undefined && !lookups)) return 'all';
  if (!lookups) return noDoubt;
  const changed = new Set<string>();
  for (const [index, table] of lookups.in.entries()) {
    const keys = LayeredMap.changedKeys(before.tables[index], table);
    if (!keys) return 'all';
    for (const key of keys) changed.add(key);
  }
  if (changed.size === 0) return noDoubt;
  before.askers ??= askersAmong(before.items as readonly T[], lookups);
  return before.askers.find(changed);
}

function askersAmong<T extends object>(items: readonly T[], { namesOf }: Lookups<T>): Askers {
  const askers = new Askers();
  for (const item of items) askers.add(item, namesOf(item));
  return askers;
}

/** Not worth being thrown away for. */
const fewAskers = 16;

/** What is new about a list. */
export interface Remapped<T> {
  readonly ingredients: Ingredients<T>;
  readonly items: readonly T[];
  readonly replacements: readonly Replacement<Made<unknown>>[];
}

export function updateMapping<T extends object>(
  before: Mapping,
  { ingredients: { version, lookups }, items, replacements }: Remapped<T>,
): Mapping {
  const tables = lookups?.in ?? noTables;
  if (replacements.length === 0) return { ...before, version, tables, items };
  const { askers } = before;
  let { traits } = before;
  let isVocal = before.vocal.length > 0;
  for (const { edit, items: some } of replacements) {
    for (const made of some) {
      traits |= made.traits;
      isVocal ||= made.said.length > 0;
    }
    if (!askers || !lookups) continue;
    for (const item of before.items.slice(edit.from, edit.to)) askers.remove(item);
    for (const item of items.slice(edit.start, edit.end)) askers.add(item, lookups.namesOf(item));
  }
  const made = replaceInPlace(before.made, replacements);
  return {
    version,
    tables,
    items,
    made,
    vocal: isVocal ? made.filter(({ said }) => said.length > 0) : before.vocal,
    traits,
    // Most of them would be gone.
    askers: askers && askers.size <= 2 * (items.length + fewAskers) ? askers : undefined,
  };
}

/** What changed of what was made, without how it was. */
export function valuesOf<R>(replacements: readonly Replacement<Made<unknown>>[]): readonly Replacement<R>[] {
  return replacements.map(({ edit, items }) => ({ edit, items: items.map(({ value }) => value as R) }));
}

/** Without what was made with an eye to some traits. */
export function withoutTraits({ items, made, vocal, ...mapping }: Mapping, traits: Traits): Mapping {
  const stays = (_: unknown, index: number): boolean => ((made[index]?.traits ?? 0) & traits) === 0;
  return {
    ...mapping,
    items: items.filter(stays),
    made: made.filter(stays),
    vocal: vocal.filter((one) => (one.traits & traits) === 0),
    traits: mapping.traits & ~traits,
  };
}
