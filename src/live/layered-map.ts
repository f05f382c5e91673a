/** Changes that are not worth a copy of what they change. */
const manyChanges = 256;
const noKeys: ReadonlySet<string> = new Set();

/** A map with a few changes on top of one that others use, too. The order of its keys means nothing. */
export class LayeredMap<V extends object> implements ReadonlyMap<string, V> {
  readonly size: number;
  readonly #base: ReadonlyMap<string, V>;
  /** Undefined for what is no longer there. */
  readonly #changes: ReadonlyMap<string, V | undefined>;
  /** Stands for this map without holding it. */
  readonly #version = {};
  #latest: { readonly since: object; readonly keys: ReadonlySet<string> } | undefined;

  private constructor(base: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V | undefined>, size: number) {
    this.#base = base;
    this.#changes = changes;
    this.size = size;
  }

  static of<V extends object>(base: ReadonlyMap<string, V>): LayeredMap<V> {
    return new LayeredMap(base, new Map(), base.size);
  }

  /** What has another value in this map than in an earlier one, or undefined where nobody knows. */
  static changedKeys(earlier: unknown, later: unknown): ReadonlySet<string> | undefined {
    if (earlier === later) return noKeys;
    if (!(earlier instanceof LayeredMap && later instanceof LayeredMap)) return undefined;
    return later.#latest?.since === earlier.#version ? later.#latest.keys : undefined;
  }

  /** Undefined takes a key out. */
  with(changes: ReadonlyMap<string, V | undefined>): LayeredMap<V> {
    const merged = new Map([...this.#changes, ...changes]);
    let { size } = this;
    for (const [key, value] of changes) size += (value === undefined ? 0 : 1) - (this.has(key) ? 1 : 0);
    const layered = new LayeredMap(this.#base, merged, size);
    const result = merged.size > manyChanges ? LayeredMap.of(new Map(layered)) : layered;
    result.#latest = { since: this.#version, keys: new Set(changes.keys()) };
    return result;
  }

  get(key: string): V | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, V]> {
    for (const entry of this.#base) if (!this.#changes.has(entry[0])) yield entry;
    for (const [key, value] of this.#changes) if (value !== undefined) yield [key, value];
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
    this.#base.forEach((value, key) => {
      if (!this.#changes.has(key)) callback(value, key, this);
    });
    this.#changes.forEach((value, key) => {
      if (value !== undefined) callback(value, key, this);
    });
  }
}
