/** A list that is written again, and stays the same one where all that is added is what was there. */
export class Rewriting<T> {
  readonly #before: readonly T[];
  #length = 0;
  #changed: T[] | undefined;

  constructor(before: readonly T[]) {
    this.#before = before;
  }

  add(item: T): void {
    const isSame = this.#length < this.#before.length && item === this.#before[this.#length];
    if (!isSame) this.#changed ??= this.#before.slice(0, this.#length);
    this.#changed?.push(item);
    this.#length++;
  }

  list(): readonly T[] {
    if (this.#changed) return this.#changed;
    return this.#length === this.#before.length ? this.#before : this.#before.slice(0, this.#length);
  }
}
