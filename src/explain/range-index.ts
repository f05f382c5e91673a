import type { CidrRange } from '../xds/types.ts';
import { addressKey, rangeKey } from './ip-addresses.ts';

/** Things by the ranges of addresses that they are for. */
export class RangeIndex<T> {
  readonly #byLength: readonly (readonly [length: number, byRange: ReadonlyMap<string, readonly T[]>])[];

  constructor(things: readonly T[], rangesOf: (thing: T) => readonly CidrRange[]) {
    const byLength = new Map<number, Map<string, T[]>>();
    for (const thing of things) for (const range of rangesOf(thing)) add(byLength, range, thing);
    this.#byLength = [...byLength].sort(([left], [right]) => right - left);
  }

  /** Those with a range that holds the address, the longest ranges first. */
  holding(address: string): readonly { readonly length: number; readonly things: readonly T[] }[] {
    return this.#byLength.flatMap(([length, byRange]) => {
      const key = addressKey(address, length);
      const things = key === undefined ? undefined : byRange.get(key);
      return things ? [{ length, things }] : [];
    });
  }
}

function add<T>(byLength: Map<number, Map<string, T[]>>, range: CidrRange, thing: T): void {
  const key = rangeKey(range);
  if (key === undefined) return;
  const length = range.prefixLen ?? 0;
  const byRange = byLength.get(length) ?? new Map<string, T[]>();
  byLength.set(length, byRange);
  const things = byRange.get(key);
  if (!things) byRange.set(key, [thing]);
  else if (things.at(-1) !== thing) things.push(thing);
}
