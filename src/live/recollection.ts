import type { Diagnostic } from '../model/diagnostic.ts';
import type { Chained, Chaining, Grouping, Ingredients, Memory, PlainGrouping } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Replacement } from './edits.ts';
import {
  type Flattened,
  flattenAgain,
  flattenAll,
  followParts,
  type Joined,
  joinAgain,
  nothingFlattened,
} from './flattening.ts';
import { type Grouped, groupAll, regroup } from './groups.ts';
import { type Linked, linkAll, relink } from './linked.ts';
import { makeChanged } from './make-changed.ts';
import { createMapping, doubtAbout, type Mapping, updateMapping, valuesOf, withoutTraits } from './mapping.ts';
import { type OrderedGroups, orderAll, reorder } from './ordered-groups.ts';
import { resort, type Sorted } from './ordered-lists.ts';
import { type Traits, watchTraits } from './personal-traits.ts';
import { reuseEqual } from './reuse-equal.ts';
import { Succession } from './succession.ts';
import { type Made, Witness } from './witness.ts';

const nothing: readonly unknown[] = [];
const empty: readonly never[] = [];
const always = {};
/** Not worth to be forgotten with all the rest. */
const fewPurposes = 1000;
const none: Ingredients<unknown> = { of: () => nothing, version: always };

/** By purpose: what a list was, and what came of it. The type is known to those that ask for the purpose. */
type States = Map<string, unknown>;

interface Steps<S> {
  /** The first time. */
  begin(): S;
  goOn(before: S): S;
}

function goOnWith<S>(states: States, purpose: string, { begin, goOn }: Steps<S>): S {
  const before = states.get(purpose) as S | undefined;
  const state = before === undefined ? begin() : goOn(before);
  states.set(purpose, state);
  return state;
}

/**
 * Remembers what was made, and what was reported while it was made, so that both can be had again. Of a list, only
 * what differs from what it was before is looked at.
 */
export class Recollection implements Memory {
  readonly remembers = true;
  readonly #mappings = new Map<string, Mapping>();
  /** Purposes of mappings from which some items were taken, and not yet out of what they became. */
  readonly #shortened = new Set<string>();
  readonly #values = new Map<string, readonly unknown[]>();
  readonly #single = new Map<string, Made<unknown>>();
  readonly #linked: States = new Map();
  readonly #sorted: States = new Map();
  readonly #grouped: States = new Map();
  readonly #ordered: States = new Map();
  readonly #flattened = new Map<string, Flattened>();
  readonly #joined: States = new Map();
  readonly #settled = new Map<string, unknown>();
  readonly #succession: Succession;
  readonly #witness = new Witness();
  /** For how many purposes something was remembered the first time. */
  #sizeAtFirst: number | undefined;

  constructor(succession = new Succession()) {
    this.#succession = succession;
  }

  readonly report = (diagnostic: Diagnostic): void => this.#witness.hear({ diagnostic });

  reportOnce(key: string, diagnostic: () => Diagnostic): void {
    this.#witness.hear({ key, diagnostic: diagnostic() });
  }

  /** Takes what was reported since the last time, each thing with a key once. */
  takeReports(): readonly Diagnostic[] {
    return this.#witness.takeReports();
  }

  mapEach<T extends object, R>(
    purpose: string,
    items: readonly T[],
    become: (item: T) => R,
    ingredients: Ingredients<T> = none,
  ): readonly R[] {
    const { mapping, replacements } = this.#remap(purpose, items, become, ingredients);
    const before = this.#values.get(purpose) ?? [];
    const values = this.#shortened.delete(purpose)
      ? this.#keepIfSame(
          before,
          mapping.made.map(({ value }) => value),
        )
      : followParts(before, valuesOf(replacements), this.#succession);
    this.#values.set(purpose, values);
    return values as readonly R[];
  }

  #remap<T extends object>(
    purpose: string,
    items: readonly T[],
    become: (item: T) => unknown,
    ingredients: Ingredients<T>,
  ): { readonly mapping: Mapping; readonly replacements: readonly Replacement<Made<unknown>>[] } {
    const before = this.#mappings.get(purpose) ?? createMapping();
    const replacements = makeChanged(before, items, {
      edits: this.#succession.edits(before.items, items),
      doubt: doubtAbout(before, ingredients),
      make: (item, known) => this.#witness.makeUnless(known, ingredients.of(item), () => become(item)),
    });
    const mapping = updateMapping(before, { ingredients, items, replacements });
    this.#mappings.set(purpose, mapping);
    for (const made of mapping.vocal) this.#witness.repeat(made);
    this.#witness.look(mapping.traits);
    return { mapping, replacements };
  }

  #keepIfSame<T>(before: readonly T[], list: readonly T[]): readonly T[] {
    const edits = this.#succession.edits(before as readonly object[], list as readonly object[]);
    return edits.length === 0 ? before : list;
  }

  collect<T extends object, R extends object>(
    purpose: string,
    items: readonly T[],
    addTo: (all: R[], item: T) => void,
    ingredients: Ingredients<T> = none,
  ): readonly R[] {
    const become = (item: T): readonly R[] => {
      const own: R[] = [];
      addTo(own, item);
      // As long as it is: it is kept.
      return own.length === 0 ? empty : own.slice();
    };
    const { mapping, replacements } = this.#remap(purpose, items, become, ingredients);
    const before = this.#flattened.get(purpose) ?? nothingFlattened;
    if (this.#shortened.delete(purpose)) {
      const { starts, all } = flattenAll(mapping.made.map(({ value }) => value as readonly R[]));
      this.#flattened.set(purpose, { starts, all: this.#keepIfSame(before.all, all) });
    } else if (replacements.length > 0) {
      this.#flattened.set(purpose, flattenAgain(before, valuesOf<readonly R[]>(replacements), this.#succession));
    }
    return (this.#flattened.get(purpose) ?? before).all as readonly R[];
  }

  join<T extends object>(purpose: string, lists: readonly (readonly T[])[]): readonly T[] {
    const goOn = (before?: Joined): Joined => joinAgain(before, lists, this.#succession);
    return goOnWith<Joined>(this.#joined, purpose, { begin: goOn, goOn }).all as readonly T[];
  }

  chain<T extends object, R extends object, S extends object>(
    purpose: string,
    items: readonly T[],
    chaining: Chaining<T, R, S>,
  ): Chained<R, S> {
    return goOnWith<Linked<T, R, S>>(this.#linked, purpose, {
      begin: () => linkAll(items, chaining),
      goOn: (before) => relink(before, items, { chaining, succession: this.#succession }),
    }).chained;
  }

  once<R>(purpose: string, ingredients: readonly unknown[], make: () => R): R {
    const known = this.#single.get(purpose) as Made<R> | undefined;
    const result = this.#witness.makeUnless(known, ingredients, make);
    this.#single.set(purpose, result);
    this.#witness.repeat(result);
    this.#witness.look(result.traits);
    return result.value;
  }

  sort<T extends object>(purpose: string, items: readonly T[], compare: (left: T, right: T) => number): readonly T[] {
    return goOnWith<Sorted<T>>(this.#sorted, purpose, {
      begin: () => ({ items, result: items.toSorted(compare) }),
      goOn: (before) => ({ items, result: resort(before, items, { compare, succession: this.#succession }) }),
    }).result;
  }

  group<T extends object, G extends object>(
    purpose: string,
    items: readonly T[],
    grouping: Grouping<T, G>,
  ): ReadonlyMap<string, G> {
    return goOnWith<Grouped<T, G>>(this.#grouped, purpose, {
      begin: () => groupAll(items, grouping),
      goOn: (before) => regroup(before, items, { grouping, succession: this.#succession }),
    }).groups;
  }

  groupInOrder<T extends object, G extends object>(
    purpose: string,
    items: readonly T[],
    grouping: PlainGrouping<T, G>,
  ): readonly G[] {
    return goOnWith<OrderedGroups<T, G>>(this.#ordered, purpose, {
      begin: () => orderAll(items, grouping),
      goOn: (before) => reorder(before, items, { grouping, succession: this.#succession }),
    }).list;
  }

  firsts<T extends object>(purpose: string, items: readonly T[], keyOf: (item: T) => string): readonly T[] {
    return this.groupInOrder<T, T>(`firsts ${purpose}`, items, { keyOf, make: ([first]) => first as T });
  }

  index<T extends object>(purpose: string, items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> {
    return this.group<T, T>(`index ${purpose}`, items, { keyOf, make: (sharing) => sharing.at(-1) as T });
  }

  settle<T>(purpose: string, value: T): T {
    const settled = reuseEqual(this.#settled.get(purpose), value) as T;
    this.#settled.set(purpose, settled);
    return settled;
  }

  watch(proxy: Proxy): Proxy {
    return watchTraits(proxy, (traits) => this.#witness.look(traits));
  }

  /**
   * Whether most of it is remembered for purposes that came later, as those of hosts that came and went. Asked whenever
   * something was rendered.
   */
  isOvergrown(): boolean {
    const size = this.#mappings.size + this.#single.size + this.#grouped.size + this.#settled.size;
    this.#sizeAtFirst ??= size;
    return size > 2 * this.#sizeAtFirst + fewPurposes;
  }

  /** Forgets what was made with an eye to some traits: from now on they are others. */
  forgetTraits(traits: Traits): void {
    for (const [purpose, mapping] of this.#mappings) {
      if ((mapping.traits & traits) === 0) continue;
      this.#mappings.set(purpose, withoutTraits(mapping, traits));
      this.#shortened.add(purpose);
    }
    for (const [purpose, made] of this.#single) if ((made.traits & traits) !== 0) this.#single.delete(purpose);
  }
}
