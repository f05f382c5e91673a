import type { AddressRange } from './address-range.ts';

/** The addresses of one range: which are taken, by whom, and where to look for the next. */
export class AddressPool {
  readonly #range: AddressRange;
  readonly #owners = new Map<string, string>();
  #next = 1;
  #isFull = false;

  constructor(range: AddressRange) {
    this.#range = range;
  }

  /** The first to claim an address keeps it; false where somebody else did. Addresses of other ranges are nobody's. */
  claim(text: string, owner: string): boolean {
    const found = this.#range.find(text);
    if (!found) return true;
    const holder = this.#owners.get(found.address);
    if (holder === undefined) this.#owners.set(found.address, owner);
    return holder === undefined || holder === owner;
  }

  /** The next free address, beginning after the last one that was given; nothing where all are taken. */
  allocate(owner: string): string | undefined {
    if (this.#isFull) return undefined;
    const offset = this.#findFree();
    if (offset === undefined) {
      this.#isFull = true;
      return undefined;
    }
    const address = this.#range.format(offset);
    this.#owners.set(address, owner);
    this.#next = offset + 1;
    return address;
  }

  /** What was freed is given again first. */
  free(text: string, owner: string): void {
    const found = this.#range.find(text);
    if (!found || this.#owners.get(found.address) !== owner) return;
    this.#owners.delete(found.address);
    this.#isFull = false;
    if (this.#next >= this.#range.size || found.offset < this.#next) this.#next = found.offset;
  }

  /** Goes round once. The range's own address, offset 0, is passed over unless it was freed. */
  #findFree(): number | undefined {
    for (let offset = this.#next; offset < this.#range.size; offset += 1) if (this.#isFree(offset)) return offset;
    for (let offset = 1; offset < this.#next && offset < this.#range.size; offset += 1) {
      if (this.#isFree(offset)) return offset;
    }
    return undefined;
  }

  #isFree(offset: number): boolean {
    return !this.#owners.has(this.#range.format(offset));
  }
}
