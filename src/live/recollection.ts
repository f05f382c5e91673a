import type { Diagnostic } from '../model/diagnostic.ts';
import { flatten } from '../model/flatten.ts';
import type { Grouping, Ingredients, Memory } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import { commonEnds, isSameList, middleOf, replaceMiddle } from './common-ends.ts';
import {
  type Doubt,
  doubtAbout,
  emptyMapping,
  type Made,
  type Mapping,
  recaller,
  type Said,
  withoutTraits,
} from './mapping.ts';
import { type Grouped, groupAll, regroup, resort, type Sorted } from './ordered-lists.ts';
import { type Traits, watchTraits } from './personal-traits.ts';
import { reuseEqual } from './reuse-equal.ts';
import { Rewriting } from './rewriting.ts';

const nothing: readonly unknown[] = [];
const silence: readonly Said[] = [];
const always = {};
const none: Ingredients<unknown> = { of: () => nothing, version: always };

/**
 * Remembers what was made, and what was reported while it was made, so that both can be had again. Lists are compared
 * with what they were before: the part that changed is found from both ends.
 */
export class Recollection implements Memory {
  readonly remembers = true;
  readonly #mappings = new Map<string, Mapping>();
  readonly #single = new Map<string, Made<unknown>>();
  readonly #sorted = new Map<string, Sorted<object>>();
  readonly #grouped = new Map<string, Grouped<object, object>>();
  readonly #settled = new Map<string, unknown>();
  #heard: Said[] = [];
  #looked: Traits = 0;

  readonly report = (diagnostic: Diagnostic): void => void this.#heard.push({ diagnostic });

  /** Takes what was reported since the last time, each thing with a key once. */
  takeReports(): readonly Diagnostic[] {
    const keys = new Set<string>();
    const heard = this.#heard;
    this.#heard = [];
    return heard.flatMap(({ key, diagnostic }) => {
      if (key === undefined) return [diagnostic];
      if (keys.has(key)) return [];
      keys.add(key);
      return [diagnostic];
    });
  }

  reportOnce(key: string, diagnostic: () => Diagnostic): void {
    this.#heard.push({ key, diagnostic: diagnostic() });
  }

  mapEach<T extends object, R>(
    purpose: string,
    items: readonly T[],
    become: (item: T) => R,
    ingredients: Ingredients<T> = none,
  ): readonly R[] {
    const before = this.#mappings.get(purpose) ?? emptyMapping;
    const doubt = doubtAbout(before, ingredients);
    const mapping = doubt
      ? this.#mapChecked(before, items, become, { ingredients, doubt })
      : this.#mapChanged(before, items, become, ingredients);
    if (mapping !== before) this.#mappings.set(purpose, mapping);
    this.#looked |= mapping.traits;
    return mapping.values as readonly R[];
  }

  /** Whatever stayed is still right. */
  #mapChanged<T extends object>(
    before: Mapping,
    items: readonly T[],
    become: (item: T) => unknown,
    { of, version, lookups }: Ingredients<T>,
  ): Mapping {
    const ends = commonEnds(before.items, items);
    const { head } = ends;
    const tailStart = before.items.length - ends.tail;
    const recall = recaller(before, items, ends);
    if (before.isVocal) this.#sayAgain(before.made.slice(0, head));
    const middle: Made<unknown>[] = [];
    for (let index = head; index < items.length - ends.tail; index++) {
      const item = items[index] as T;
      const known = recall(item, index);
      middle.push(known ? this.#again(known) : this.#make(of(item), () => become(item)));
    }
    if (before.isVocal) this.#sayAgain(before.made.slice(tailStart));
    const tables = lookups?.in ?? before.tables;
    if (middle.length === 0 && head === tailStart) return tables === before.tables ? before : { ...before, tables };
    const values = middle.map(({ value }) => value);
    return {
      version,
      tables,
      items,
      made: replaceMiddle(before.made, ends, middle),
      values: isSameList(middleOf(before.values, ends), values)
        ? before.values
        : replaceMiddle(before.values, ends, values),
      isVocal: before.isVocal || middle.some(({ said }) => said.length > 0),
      traits: middle.reduce((all, { traits }) => all | traits, before.traits),
    };
  }

  /** What each that may have changed is made of is compared. */
  #mapChecked<T extends object>(
    before: Mapping,
    items: readonly T[],
    become: (item: T) => unknown,
    { ingredients, doubt }: { readonly ingredients: Ingredients<T>; readonly doubt: Doubt<T> },
  ): Mapping {
    const { of, version, lookups } = ingredients;
    const recall = recaller(before, items, commonEnds(before.items, items));
    const made = new Rewriting(before.made);
    const values = new Rewriting(before.values);
    let isVocal = false;
    let traits = 0;
    for (let index = 0; index < items.length; index++) {
      const item = items[index] as T;
      const known = recall(item, index);
      const result = known && !doubt(item) ? this.#again(known) : this.#makeUnless(known, of(item), () => become(item));
      if (result.said.length > 0) isVocal = true;
      traits |= result.traits;
      made.add(result);
      values.add(result.value);
    }
    const tables = lookups?.in ?? [];
    return { version, tables, items, made: made.list(), values: values.list(), isVocal, traits };
  }

  collect<T extends object, R>(
    purpose: string,
    items: readonly T[],
    addTo: (all: R[], item: T) => void,
    ingredients?: Ingredients<T>,
  ): readonly R[] {
    const become = (item: T): readonly R[] => {
      const own: R[] = [];
      addTo(own, item);
      return own;
    };
    const lists = this.mapEach(purpose, items, become, ingredients);
    const before = this.#single.get(`all ${purpose}`)?.value as readonly R[] | undefined;
    return this.once(`all ${purpose}`, [lists], () => {
      const all = flatten(lists);
      return before && isSameList(before, all) ? before : all;
    });
  }

  once<R>(purpose: string, ingredients: readonly unknown[], make: () => R): R {
    const result = this.#makeUnless(this.#single.get(purpose) as Made<R> | undefined, ingredients, make);
    this.#single.set(purpose, result);
    return result.value;
  }

  sort<T extends object>(purpose: string, items: readonly T[], compare: (left: T, right: T) => number): readonly T[] {
    const before = this.#sorted.get(purpose) as Sorted<T> | undefined;
    const result = before ? resort(before, items, compare) : items.toSorted(compare);
    this.#sorted.set(purpose, { items, result });
    return result;
  }

  group<T extends object, G extends object>(
    purpose: string,
    items: readonly T[],
    grouping: Grouping<T, G>,
  ): ReadonlyMap<string, G> {
    const before = this.#grouped.get(purpose) as Grouped<T, G> | undefined;
    const grouped = before ? regroup(before, items, grouping) : groupAll(items, grouping);
    this.#grouped.set(purpose, grouped as unknown as Grouped<object, object>);
    return grouped.groups;
  }

  index<T extends object>(purpose: string, items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> {
    return this.group<T, T>(`index ${purpose}`, items, { keyOf, make: (sharing) => sharing.at(-1) as T });
  }

  settle<T>(purpose: string, value: T): T {
    const settled = reuseEqual(this.#settled.get(purpose), value) as T;
    this.#settled.set(purpose, settled);
    return settled;
  }

  #makeUnless<R>(known: Made<R> | undefined, ingredients: readonly unknown[], make: () => R): Made<R> {
    return known && isSameList(known.ingredients, ingredients) ? this.#again(known) : this.#make(ingredients, make);
  }

  #make<R>(ingredients: readonly unknown[], make: () => R): Made<R> {
    const [heard, looked] = [this.#heard, this.#looked];
    this.#heard = [];
    this.#looked = 0;
    const value = make();
    const said = this.#heard.length > 0 ? this.#heard : silence;
    const traits = this.#looked;
    this.#heard = heard;
    this.#looked = looked;
    return this.#again({ value, ingredients, said, traits });
  }

  /** What is made of this one depends on all that this one does. */
  #again<R>(made: Made<R>): Made<R> {
    for (const one of made.said) this.#heard.push(one);
    this.#looked |= made.traits;
    return made;
  }

  watch(proxy: Proxy): Proxy {
    return watchTraits(proxy, (traits) => {
      this.#looked |= traits;
    });
  }

  /** Forgets what was made with an eye to some traits: from now on they are others. */
  forgetTraits(traits: Traits): void {
    for (const [purpose, mapping] of this.#mappings) {
      if ((mapping.traits & traits) !== 0) this.#mappings.set(purpose, withoutTraits(mapping, traits));
    }
    for (const [purpose, made] of this.#single) if ((made.traits & traits) !== 0) this.#single.delete(purpose);
  }

  #sayAgain(made: readonly Made<unknown>[]): void {
    for (const one of made) this.#again(one);
  }
}
