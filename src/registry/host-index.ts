import { isWildcard } from '../model/hostname.ts';

const none: readonly never[] = [];

/**
 * Finds what is registered for the hosts that cover a name: the name itself, then wildcards, the longest first.
 * The cost does not depend on how many hosts there are, only on how many lengths their wildcards have.
 * Source: istio `pilot/pkg/model/config.go`, MostSpecificHostMatch.
 */
export class HostIndex<T> {
  readonly #byHost: ReadonlyMap<string, T>;
  readonly #suffixes: readonly Suffixes[];

  /** `wildcards` are those among the hosts. */
  constructor(byHost: ReadonlyMap<string, T>, wildcards: readonly string[]) {
    this.#byHost = byHost;
    this.#suffixes = listSuffixes(wildcards);
  }

  /** A wildcard name is covered by itself or a shorter wildcard. */
  listCovering(name: string): readonly T[] {
    const own = this.#byHost.get(name);
    let covering: readonly T[] = own === undefined ? none : [own];
    for (const { length, beginWithDot } of this.#suffixes) {
      const start = name.length - length;
      if (start < 0 || (beginWithDot && name.charCodeAt(start) !== dot)) continue;
      // The name itself has been found above.
      const found = start === 1 && isWildcard(name) ? undefined : this.#byHost.get(`*${name.slice(start)}`);
      if (found !== undefined) covering = [...covering, found];
    }
    return covering;
  }
}

/** What follows the `*` of wildcards of one length. */
interface Suffixes {
  readonly length: number;
  /** Spares most names a look: that of `*` itself, and of wildcards that are none of whole labels, may begin with anything. */
  readonly beginWithDot: boolean;
}

const dot = '.'.charCodeAt(0);

/** The longest first. */
function listSuffixes(wildcards: readonly string[]): readonly Suffixes[] {
  const beginWithDot = new Map<number, boolean>();
  for (const wildcard of wildcards) {
    const length = wildcard.length - 1;
    beginWithDot.set(length, (beginWithDot.get(length) ?? true) && wildcard.charCodeAt(1) === dot);
  }
  const suffixes = [...beginWithDot].map(([length, begins]) => ({ length, beginWithDot: begins }));
  return suffixes.sort((left, right) => right.length - left.length);
}
