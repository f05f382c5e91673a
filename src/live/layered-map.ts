const noKeys: ReadonlySet<string> = new Set();

/** What was otherwise before the next map was made, undefined for what was not there. */
interface Past<V extends object> {
  readonly values: ReadonlyMap<string, V | undefined>;
  readonly next: LayeredMap<V>;
}

/** Changes after which a map is copied: one that is kept for long would hold, and go through, all that followed it. */
const longestPast = 500;

/**
 * A map of which others are made by a few changes. The youngest holds all entries, so that it is asked like any map; an
 * older one holds what has changed since. The order of the keys means nothing.
 */
export class LayeredMap<V extends object> implements ReadonlyMap<string, V> {
  readonly size: number;
  #entries: Map<string, V>;
  #past: Past<V> | undefined;
  /** How many maps before this one had its entries. */
  readonly #age: number;
  /** Stands for this map without holding it. */
  readonly #version = {};
  #latest: { readonly since: object; readonly keys: ReadonlySet<string> } | undefined;

  private constructor(entries: Map<string, V>, age = 0) {
    this.#entries = entries;
    this.#age = age;
    this.size = entries.size;
  }

  /** Takes the map over: nobody else may change it, or rely on it. */
  static of<V extends object>(entries: Map<string, V>): LayeredMap<V> {
    return new LayeredMap(entries);
  }

  /** What has another value in this map than in an earlier one, or undefined where nobody knows. */
  static changedKeys(earlier: unknown, later: unknown): ReadonlySet<string> | undefined {
    if (earlier === later) return noKeys;
    if (!(earlier instanceof LayeredMap && later instanceof LayeredMap)) return undefined;
    return later.#latest?.since === earlier.#version ? later.#latest.keys : undefined;
  }

  /** Undefined takes a key out. */
  with(changes: ReadonlyMap<string, V | undefined>): LayeredMap<V> {
    const handsOver = !this.#past && this.#age < longestPast;
    const entries = handsOver ? this.#entries : new Map(this.entries());
    const values = new Map<string, V | undefined>();
    for (const [key, value] of changes) {
      values.set(key, entries.get(key));
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    const next = new LayeredMap(entries, handsOver ? this.#age + 1 : 0);
    if (handsOver) {
      this.#past = { values, next };
      this.#entries = new Map();
    }
    next.#latest = { since: this.#version, keys: new Set(changes.keys()) };
    return next;
  }

  get(key: string): V | undefined {
    let map: LayeredMap<V> = this;
    while (map.#past) {
      const { values, next } = map.#past;
      if (values.has(key)) return values.get(key);
      map = next;
    }
    return map.#entries.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  entries(): MapIterator<[string, V]> {
    return this.#past ? this.#pastEntries() : this.#entries.entries();
  }

  *#pastEntries(): MapIterator<[string, V]> {
    const otherwise = new Map<string, V | undefined>();
    let map: LayeredMap<V> = this;
    while (map.#past) {
      const { values, next } = map.#past;
      for (const [key, value] of values) if (!otherwise.has(key)) otherwise.set(key, value);
      map = next;
    }
    for (const entry of map.#entries) if (!otherwise.has(entry[0])) yield entry;
    for (const [key, value] of otherwise) if (value !== undefined) yield [key, value];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    if (this.#past) for (const [key, value] of this.entries()) callback(value, key, this);
    else this.#entries.forEach((value, key) => void callback(value, key, this));
  }
}
