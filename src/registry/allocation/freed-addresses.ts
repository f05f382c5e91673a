/**
 * Addresses that were given back. One that is added leaves another list of them, which shares with this one what they have
 * in common: however many there are, to go on from the last list costs the same.
 */
export class FreedAddresses {
  /** Of each address, after how many others it came. What lists made of this one added comes later. */
  readonly #places: Map<string, number>;
  readonly #size: number;

  constructor(places = new Map<string, number>(), size = 0) {
    this.#places = places;
    this.#size = size;
  }

  has(address: string): boolean {
    if (this.#size === 0) return false;
    const place = this.#places.get(address);
    return place !== undefined && place < this.#size;
  }

  with(address: string): FreedAddresses {
    if (this.has(address)) return this;
    const isLast = this.#size > 0 && this.#places.size === this.#size;
    const places = isLast ? this.#places : new Map([...this.#places].slice(0, this.#size));
    places.set(address, this.#size);
    return new FreedAddresses(places, this.#size + 1);
  }
}
