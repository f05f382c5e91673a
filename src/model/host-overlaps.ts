import { isWildcard } from './hostname.ts';

/**
 * Finds, of many host names, those that overlap with a name: it covers them, or they cover it. The cost does not depend on
 * how many hosts there are, only on how many are found and how many lengths the wildcards have.
 */
export class HostOverlaps {
  readonly #hosts: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  /** Lengths of what follows the `*` of wildcards. */
  readonly #wildcardLengths: ReadonlySet<number>;
  #endings: Endings | undefined;

  /** Each host once. */
  constructor(hosts: readonly string[]) {
    this.#hosts = hosts;
    this.#positions = new Map(hosts.map((host, position) => [host, position]));
    this.#wildcardLengths = new Set(hosts.filter(isWildcard).map((host) => host.length - 1));
  }

  /** In the order in which the hosts were given. */
  find(name: string): readonly string[] {
    const found = new Set<number>();
    const add = (position: number | undefined): void => void (position !== undefined && found.add(position));
    add(this.#positions.get(name));
    const ending = isWildcard(name) ? name.slice(1) : name;
    for (const length of this.#wildcardLengths) {
      if (length <= ending.length) add(this.#positions.get(`*${ending.slice(ending.length - length)}`));
    }
    if (isWildcard(name)) {
      this.#endings ??= sortByEnding(this.#hosts);
      for (const position of findEnding(this.#endings, ending)) found.add(position);
    }
    return [...found].sort((left, right) => left - right).map((position) => this.#hosts[position] ?? '');
  }
}

/** Names read backwards, in order, so that those with one ending stand side by side. */
interface Endings {
  readonly backwards: readonly string[];
  readonly positions: readonly number[];
}

function sortByEnding(hosts: readonly string[]): Endings {
  const reversed = hosts.map((host, position) => {
    const text = isWildcard(host) ? host.slice(1) : host;
    return { text: reverse(text), position };
  });
  reversed.sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0));
  return {
    backwards: reversed.map(({ text }) => text),
    positions: reversed.map(({ position }) => position),
  };
}

function findEnding({ backwards, positions }: Endings, ending: string): readonly number[] {
  const wanted = reverse(ending);
  let low = 0;
  let high = backwards.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((backwards[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < backwards.length && backwards[end]?.startsWith(wanted)) end++;
  return positions.slice(low, end);
}

function reverse(text: string): string {
  let reversed = '';
  for (let at = text.length - 1; at >= 0; at--) reversed += text[at];
  return reversed;
}
