const noKeys: ReadonlySet<string> = new Set();

/** What was otherwise before the next map was made, undefined for what was not there. */
interface Past<V extends object> {
  readonly values: ReadonlyMap<string, V | undefined>;
  readonly next: LayeredMap<V>;
}

/**
 * A map of which others are made by a few changes. The youngest holds all entries, so that it is asked like any map; an
 * older one holds what has changed since. The order of the keys means nothing.
 */
export class LayeredMap<V extends object> implements ReadonlyMap<string, V> {
  readonly size: number;
  #entries: Map<string, V>;
  #past: Past<V> | undefined;
  /** Stands for this map without holding it. */
  readonly #version = {};
  #latest: { readonly since: object; readonly keys: ReadonlySet<string> } | undefined;

  private constructor(entries: Map<string, V>) {
    this.#entries = entries;
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
    const entries = this.#past ? new Map(this.entries()) : this.#entries;
    const values = new Map<string, V | undefined>();
    for (const [key, value] of changes) {
      values.set(key, entries.get(key));
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    const next = new LayeredMap(entries);
    if (!this.#past) {
      this.#past = { values, next };
      this.#entries = new Map();
    }
    next.#latest = { since: this.#version, keys: new Set(changes.keys()) };
    return next;
  }

  get(key: string): V | undefined {
    if (!this.#past) return this.#entries.get(key);
    const { values, next } = this.#past;
    return values.has(key) ? values.get(key) : next.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  entries(): MapIterator<[string, V]> {
    return this.#past ? this.#pastEntries(this.#past) : this.#entries.entries();
  }

  *#pastEntries({ values, next }: Past<V>): MapIterator<[string, V]> {
    for (const entry of next.entries()) if (!values.has(entry[0])) yield entry;
    for (const [key, value] of values) if (value !== undefined) yield [key, value];
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
