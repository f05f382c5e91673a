import type { AddressRange } from './address-range.ts';

/** The addresses of one range: which are taken, by whom, and where to look for the next. Owners are told apart by identity. */
export class AddressPool<Owner> {
  /** In CIDR notation. */
  readonly text: string;
  readonly #range: AddressRange;
  readonly #owners = new Map<string, Owner>();
  #next = 1;
  #isFull = false;

  constructor(range: AddressRange) {
    this.text = range.text;
    this.#range = range;
  }

  /** The first to claim an address keeps it; false where somebody else did. Addresses of other ranges are nobody's. */
  claim(text: string, owner: Owner): boolean {
    const found = this.#range.find(text);
    if (!found) return true;
    const holder = this.#owners.get(found.address);
    if (holder === undefined) this.#owners.set(found.address, owner);
    return holder === undefined || holder === owner;
  }

  /** The next free address, beginning after the last one that was given; nothing where all are taken. */
  allocate(owner: Owner): string | undefined {
    if (this.#isFull) return undefined;
    const { size } = this.#range;
    // Goes round once. The range's own address, offset 0, is passed over unless it was freed.
    const address = this.#findFree(this.#next, size) ?? this.#findFree(1, Math.min(this.#next, size));
    if (address === undefined) this.#isFull = true;
    else this.#owners.set(address, owner);
    return address;
  }

  /** What was freed is given again first. */
  free(text: string, owner: Owner): void {
    const found = this.#range.find(text);
    if (!found || this.#owners.get(found.address) !== owner) return;
    this.#owners.delete(found.address);
    this.#isFull = false;
    if (this.#next >= this.#range.size || found.offset < this.#next) this.#next = found.offset;
  }

  #findFree(from: number, to: number): string | undefined {
    for (let offset = from; offset < to; offset += 1) {
      const address = this.#range.format(offset);
      if (this.#owners.has(address)) continue;
      this.#next = offset + 1;
      return address;
    }
    return undefined;
  }
}
