/** Names beyond which one is asked for its names each time, rather than found by each of them. */
const manyNames = 32;

interface Link {
  readonly asker: object;
  readonly next: Link | undefined;
}

/** Which items ask for which names, so that those that a name matters to are found without going through all. */
export class Askers {
  readonly #byName = new Map<string, Link>();
  /** Undefined for those that may ask for any. */
  readonly #others = new Map<object, readonly string[] | undefined>();
  /** How many were added, those that are gone included. */
  size = 0;

  /** Undefined for names: any. */
  add(asker: object, names: readonly string[] | undefined): void {
    this.size++;
    if (names === undefined || names.length > manyNames) this.#others.set(asker, names);
    else for (const name of names) this.#byName.set(name, { asker, next: this.#byName.get(name) });
  }

  /** Those that are found by name are left where they are until most are gone. */
  remove(asker: object): void {
    this.#others.delete(asker);
  }

  /** More than those that ask: some that are gone, or that asked once. */
  find(changed: ReadonlySet<string>): ReadonlySet<object> {
    const found = new Set<object>();
    for (const name of changed) {
      for (let link = this.#byName.get(name); link; link = link.next) found.add(link.asker);
    }
    for (const [asker, names] of this.#others) {
      if (!names || names.some((name) => changed.has(name))) found.add(asker);
    }
    return found;
  }
}
