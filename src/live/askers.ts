/** Names beyond which one is asked for its names each time, rather than found by each of them. */
const manyNames = 32;

interface Link {
  readonly asker: object;
  readonly next: Link | undefined;
}

/** Which items ask for which names, so that those that a name matters to are found without going through all. */
export class Askers {
  readonly #byName = new Map<string, Link>();
  readonly #gone = new WeakSet<object>();
  /** Those of many names, and with undefined those that may ask for any. */
  readonly #others = new Map<object, readonly string[] | undefined>();
  /** How many were added, those that are gone included. */
  size = 0;

  /** Undefined for names: any. */
  add(asker: object, names: readonly string[] | undefined): void {
    this.size++;
    this.#gone.delete(asker);
    if (names === undefined || names.length > manyNames) this.#others.set(asker, names);
    else for (const name of names) this.#byName.set(name, { asker, next: this.#byName.get(name) });
  }

  remove(asker: object): void {
    this.#others.delete(asker);
    this.#gone.add(asker);
  }

  /** More than those that ask: some that asked once. */
  find(changed: ReadonlySet<string>): ReadonlySet<object> {
    const found = new Set<object>();
    for (const name of changed) {
      this.#forgetGone(name);
      for (let link = this.#byName.get(name); link; link = link.next) found.add(link.asker);
    }
    for (const [asker, names] of this.#others) {
      if (!names || names.some((name) => changed.has(name))) found.add(asker);
    }
    return found;
  }

  /** One that is gone stays with its names until somebody asks for them. */
  #forgetGone(name: string): void {
    const staying = new Set<object>();
    for (let link = this.#byName.get(name); link; link = link.next) {
      if (!this.#gone.has(link.asker)) staying.add(link.asker);
    }
    let left: Link | undefined;
    for (const asker of staying) left = { asker, next: left };
    if (left) this.#byName.set(name, left);
    else this.#byName.delete(name);
  }
}
