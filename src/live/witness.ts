import type { Diagnostic } from '../model/diagnostic.ts';
import { isSameList } from './common-ends.ts';
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

const silence: readonly Said[] = [];

/** Notes what is said, and what of the proxy is looked at, while something is made. */
export class Witness {
  #heard: Said[] = [];
  #looked: Traits = 0;

  hear(said: Said): void {
    this.#heard.push(said);
  }

  look(traits: Traits): void {
    this.#looked |= traits;
  }

  /** What was said while it was made is said again. */
  repeat({ said }: Made<unknown>): void {
    for (const one of said) this.#heard.push(one);
  }

  makeUnless<R>(known: Made<R> | undefined, ingredients: readonly unknown[], make: () => R): Made<R> {
    return known && isSameList(known.ingredients, ingredients) ? known : this.#make(ingredients, make);
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
    return { value, ingredients, said, traits };
  }

  /** Takes what was said since the last time, each thing with a key once. */
  takeReports(): readonly Diagnostic[] {
    const keys = new Set<string>();
    const reports: Diagnostic[] = [];
    for (const { key, diagnostic } of this.#heard) {
      if (key !== undefined && keys.has(key)) continue;
      if (key !== undefined) keys.add(key);
      reports.push(diagnostic);
    }
    this.#heard = [];
    return reports;
  }
}
