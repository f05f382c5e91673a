import type { AddressRange } from './address-range.ts';

/** The addresses of one range: which are taken, by whom, and where to look for the next. */
export class AddressPool {
  readonly #range: AddressRange;
  readonly #owners = new Map<bigint, string>();
  #next = 1n;
  #isFull = false;

  constructor(range: AddressRange) {
    this.#range = range;
  }

  /** The first to claim an address keeps it; false where somebody else did. Addresses of other ranges are nobody's. */
  claim(address: string, owner: string): boolean {
    const offset = this.#range.offsetOf(address);
    if (offset === undefined) return true;
    const holder = this.#owners.get(offset);
    if (holder === undefined) this.#owners.set(offset, owner);
    return holder === undefined || holder === owner;
  }

  /** The next free address, beginning after the last one that was given; nothing where all are taken. */
  allocate(owner: string): string | undefined {
    const { size } = this.#range;
    if (this.#isFull) return undefined;
    let looped = this.#next >= size;
    // The range's own address, offset 0, is never given.
    let offset = looped ? 1n : this.#next;
    while (this.#owners.has(offset)) {
      offset += 1n;
      if (offset < size) continue;
      if (looped) {
        this.#isFull = true;
        return undefined;
      }
      looped = true;
      offset = 1n;
    }
    this.#owners.set(offset, owner);
    this.#next = offset + 1n;
    return this.#range.format(offset);
  }

  /** What was freed is given again first. */
  free(address: string, owner: string): void {
    const offset = this.#range.offsetOf(address);
    if (offset === undefined || this.#owners.get(offset) !== owner) return;
    this.#owners.delete(offset);
    this.#isFull = false;
    if (this.#next >= this.#range.size || offset < this.#next) this.#next = offset;
  }
}
