import type { Diagnostic, Report } from './diagnostic.ts';
import { concatenate } from './flatten.ts';
import { groupBy, groupByKeys } from './group-by.ts';
import type { Proxy } from './proxy.ts';

/**
 * What is remembered from one version of a mesh to the next, and from one proxy to another: things are told apart by
 * identity, so that whatever did not change is not made again.
 */
export interface Memory {
  /** False for one that forgets: what is only there to be compared need not be made. */
  readonly remembers: boolean;
  /**
   * What each item becomes. What an item became before is taken again where its ingredients are still the same; without
   * ingredients it depends on the item alone.
   */
  mapEach<T extends object, R>(
    purpose: string,
    items: readonly T[],
    become: (item: T) => R,
    ingredients?: Ingredients<T>,
  ): readonly R[];
  /** The same where an item becomes any number of things: it adds them to the one list of all. */
  collect<T extends object, R extends object>(
    purpose: string,
    items: readonly T[],
    addTo: (all: R[], item: T) => void,
    ingredients?: Ingredients<T>,
  ): readonly R[];
  /** The items of some long lists, one list after the other. */
  join<T extends object>(purpose: string, lists: readonly (readonly T[])[]): readonly T[];
  /**
   * What the items become one after the other, each with an eye to what those before it left. It is gone on with from the
   * first that changed, and no further than where the same is left as before.
   */
  chain<T extends object, R extends object, S extends object>(
    purpose: string,
    items: readonly T[],
    chaining: Chaining<T, R, S>,
  ): Chained<R, S>;
  /** What is made of some ingredients. */
  once<R>(purpose: string, ingredients: readonly unknown[], make: () => R): R;
  /** The items in order. `compare` must not change. */
  sort<T extends object>(purpose: string, items: readonly T[], compare: (left: T, right: T) => number): readonly T[];
  /** The items, each of which is there once, by key, those of a key in their order, and what is made of them. */
  group<T extends object, G extends object>(
    purpose: string,
    items: readonly T[],
    grouping: Grouping<T, G>,
  ): ReadonlyMap<string, G>;
  /** The same as a list: in the order of what came first of each. */
  groupInOrder<T extends object, G extends object>(
    purpose: string,
    items: readonly T[],
    grouping: PlainGrouping<T, G>,
  ): readonly G[];
  /** Of the items with one key the first. */
  firsts<T extends object>(purpose: string, items: readonly T[], keyOf: (item: T) => string): readonly T[];
  /** The items by key; of several with one key the last. */
  index<T extends object>(purpose: string, items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T>;
  /** The value, or the earlier one if they say the same. Only for small values, and lists of which little changes. */
  settle<T>(purpose: string, value: T): T;
  /** The proxy as those that make things for it must see it: what they look at is remembered. */
  watch(proxy: Proxy): Proxy;
  /** What is said while something is made is said again when it is remembered. */
  readonly report: Report;
  /** Says each thing once, however often it is found out. */
  reportOnce(key: string, diagnostic: () => Diagnostic): void;
}

/** What an item's result depends on besides the item. */
export interface Ingredients<T> {
  of(item: T): readonly unknown[];
  /** Where all items' ingredients are the same for as long as something is, that. */
  readonly version?: unknown;
  /** Where an item's ingredients are the same for as long as the version is, and what some names stand for. */
  readonly lookups?: Lookups<T>;
}

/** Names, and what they stand for. */
export interface Lookups<T> {
  readonly in: readonly ReadonlyMap<string, object>[];
  /** Where what an item is made of may come from; undefined where it may come from any name. */
  namesOf(item: T): readonly string[] | undefined;
}

/** What one becomes, and what it leaves to those after it. */
export interface Link<R, S> {
  readonly value: R;
  readonly state: S;
}

export interface Chaining<T, R, S> {
  /** What the first one finds. */
  readonly begin: S;
  next(item: T, state: S): Link<R, S>;
  isSameState(one: S, other: S): boolean;
  /** Of one item. */
  isSameValue(one: R, other: R): boolean;
}

export interface Chained<R, S> {
  readonly values: readonly R[];
  /** What the last one left. */
  readonly state: S;
}

export interface Grouping<T, G> {
  /** One with several keys is among those of each. */
  keyOf(item: T): string | readonly string[];
  make(members: readonly T[]): G;
}

export interface PlainGrouping<T, G> extends Grouping<T, G> {
  keyOf(item: T): string;
}

/** Remembers nothing: for a mesh that is looked at once. */
export function forgetful(report: Report): Memory {
  const reported = new Set<string>();
  return {
    remembers: false,
    mapEach: (_, items, become) => items.map(become),
    collect: <T, R>(_purpose: string, items: readonly T[], addTo: (all: R[], item: T) => void) => {
      const all: R[] = [];
      for (const item of items) addTo(all, item);
      return all;
    },
    join: <T>(_purpose: string, lists: readonly (readonly T[])[]) => concatenate(lists),
    chain: <T extends object, R extends object, S extends object>(
      _purpose: string,
      items: readonly T[],
      { begin, next }: Chaining<T, R, S>,
    ) => {
      let state = begin;
      const values: R[] = [];
      for (const item of items) {
        const link = next(item, state);
        values.push(link.value);
        state = link.state;
      }
      return { values, state };
    },
    once: (_purpose, _ingredients, make) => make(),
    sort: (_, items, compare) => items.toSorted(compare),
    group: <T extends object, G extends object>(_purpose: string, items: readonly T[], grouping: Grouping<T, G>) => {
      // What is made of a list takes its place.
      const groups: Map<string, unknown> = groupByKeys(items, grouping.keyOf);
      groups.forEach((members, key) => void groups.set(key, grouping.make(members as readonly T[])));
      return groups as ReadonlyMap<string, G>;
    },
    groupInOrder: (_, items, { keyOf, make }) => Array.from(groupBy(items, keyOf).values(), make),
    firsts: (_, items, keyOf) => {
      const keys = new Set<string>();
      const isFirst = (item: (typeof items)[number]): boolean => {
        const before = keys.size;
        return keys.add(keyOf(item)).size > before;
      };
      return items.filter(isFirst);
    },
    index: (_, items, keyOf) => {
      const byKey = new Map<string, (typeof items)[number]>();
      for (const item of items) byKey.set(keyOf(item), item);
      return byKey;
    },
    settle: (_, value) => value,
    watch: (proxy) => proxy,
    report,
    reportOnce(key, diagnostic) {
      if (reported.has(key)) return;
      reported.add(key);
      report(diagnostic());
    },
  };
}
