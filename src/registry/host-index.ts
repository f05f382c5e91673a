import { isWildcard } from '../model/hostname.ts';

/**
 * Finds what is registered for the host that covers a name best: the name itself, else the longest wildcard.
 * The cost does not depend on how many hosts there are, only on how many lengths their wildcards have.
 * Source: istio `pilot/pkg/model/config.go`, MostSpecificHostMatch.
 */
export class HostIndex<T> {
  readonly #exact = new Map<string, T>();
  /** Wildcards by what follows their `*`. */
  readonly #wildcards = new Map<string, T>();
  #lengths: readonly number[] | undefined;

  get(host: string): T | undefined {
    return isWildcard(host) ? this.#wildcards.get(host.slice(1)) : this.#exact.get(host);
  }

  set(host: string, value: T): void {
    if (!isWildcard(host)) {
      this.#exact.set(host, value);
      return;
    }
    this.#wildcards.set(host.slice(1), value);
    this.#lengths = undefined;
  }

  /** A wildcard name is covered by itself or a shorter wildcard. */
  find(name: string): T | undefined {
    const found = this.get(name);
    if (found !== undefined || this.#wildcards.size === 0) return found;
    const text = isWildcard(name) ? name.slice(1) : name;
    for (const length of this.#suffixLengths()) {
      if (length > text.length) continue;
      const covered = this.#wildcards.get(text.slice(text.length - length));
      if (covered !== undefined) return covered;
    }
    return undefined;
  }

  #suffixLengths(): readonly number[] {
    this.#lengths ??= [...new Set([...this.#wildcards.keys()].map(({ length }) => length))].sort((a, b) => b - a);
    return this.#lengths;
  }
}
