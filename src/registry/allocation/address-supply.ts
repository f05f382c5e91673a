import type { AddressRange } from './address-range.ts';
import { FreedAddresses } from './freed-addresses.ts';

/** Who already has an address of the ranges. */
export type Owners<Owner> = ReadonlyMap<string, Owner>;

/** Something that found a range empty. */
export interface Shortage<Owner> {
  readonly range: AddressRange;
  readonly owner: Owner;
  readonly host: string;
}

export interface Ranges {
  readonly ipv4: AddressRange;
  readonly ipv6: AddressRange;
}

/** Addresses that were given back. */
interface Freed {
  readonly addresses: FreedAddresses;
  /** Offsets that were passed already, in order: they are given again first. */
  readonly ipv4: readonly number[];
  readonly ipv6: readonly number[];
}

const nothingFreed: Freed = { addresses: new FreedAddresses(), ipv4: [], ipv6: [] };
const noShortages: readonly never[] = [];

/**
 * The addresses of both families that nobody has yet. What is taken from a supply leaves another one, so that giving can
 * go on from any that was left before. Owners are told apart by identity.
 */
export class AddressSupply<Owner extends object> {
  readonly #ranges: Ranges;
  readonly #owners: Owners<Owner>;
  /** Offsets before which nothing is free but what was freed. A range's own address, offset 0, is passed over. */
  #ipv4 = 1;
  #ipv6 = 1;
  #freed = nothingFreed;
  #shortages: readonly Shortage<Owner>[] = noShortages;

  constructor(ranges: Ranges, owners: Owners<Owner>) {
    this.#ranges = ranges;
    this.#owners = owners;
  }

  /** The first that found a range empty, for each range. */
  get shortages(): readonly Shortage<Owner>[] {
    return this.#shortages;
  }

  isLike(other: AddressSupply<Owner>): boolean {
    return (
      this === other ||
      (this.#ipv4 === other.#ipv4 &&
        this.#ipv6 === other.#ipv6 &&
        this.#freed === other.#freed &&
        this.#owners === other.#owners &&
        this.#shortages === other.#shortages)
    );
  }

  /** One that can be taken from, while this one stays as it is. */
  copy(): AddressSupply<Owner> {
    const copy = new AddressSupply(this.#ranges, this.#owners);
    copy.#ipv4 = this.#ipv4;
    copy.#ipv6 = this.#ipv6;
    copy.#freed = this.#freed;
    copy.#shortages = this.#shortages;
    return copy;
  }

  /** Takes the next free address of each family; none of one that has no more. */
  take(owner: Owner, host: string): readonly string[] {
    const ipv4 = this.#takeFrom('ipv4', this.#ipv4);
    const ipv6 = this.#takeFrom('ipv6', this.#ipv6);
    if (ipv4 !== undefined && ipv6 !== undefined) return [ipv4, ipv6];
    if (ipv4 === undefined) this.#noteShortage({ range: this.#ranges.ipv4, owner, host });
    if (ipv6 === undefined) this.#noteShortage({ range: this.#ranges.ipv6, owner, host });
    return [ipv4, ipv6].filter((address) => address !== undefined);
  }

  #takeFrom(family: keyof Ranges, next: number): string | undefined {
    const range = this.#ranges[family];
    if (this.#freed[family].length > 0) return range.format(this.#takeFreed(family));
    let offset = next;
    let address: string | undefined;
    for (; address === undefined && offset < range.size; offset++) {
      const text = range.format(offset);
      if (!this.#isOwned(text)) address = text;
    }
    if (family === 'ipv4') this.#ipv4 = offset;
    else this.#ipv6 = offset;
    return address;
  }

  #takeFreed(family: keyof Ranges): number {
    const [first = 0, ...others] = this.#freed[family];
    this.#freed = { ...this.#freed, [family]: others };
    return first;
  }

  #isOwned(address: string): boolean {
    return this.#owners.size > 0 && this.#owners.has(address) && !this.#freed.addresses.has(address);
  }

  #noteShortage(shortage: Shortage<Owner>): void {
    if (this.#shortages.some(({ range }) => range === shortage.range)) return;
    this.#shortages = [...this.#shortages, shortage];
  }

  /** What was freed is given again first. Nobody frees what another one has. */
  free(text: string, owner: Owner): void {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const found = this.#ranges[family].find(text);
      if (!found || this.#owners.get(found.address) !== owner || this.#freed.addresses.has(found.address)) continue;
      const isPassed = found.offset < (family === 'ipv4' ? this.#ipv4 : this.#ipv6);
      this.#freed = {
        ...this.#freed,
        addresses: this.#freed.addresses.with(found.address),
        ...(isPassed && { [family]: [...this.#freed[family], found.offset].sort((left, right) => left - right) }),
      };
    }
  }
}
