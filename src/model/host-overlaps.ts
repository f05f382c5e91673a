import { isWildcard } from './hostname.ts';

const none: readonly string[] = [];

/**
 * Finds, of many host names, those that overlap with a name: it covers them, or they cover it. The cost does not depend on
 * how many hosts there are, only on how many are found and how many lengths the wildcards have.
 */
export class HostOverlaps {
  readonly #hosts: readonly string[];
  readonly #positions = new Map<string, number>();
  /** Of wildcards, by what follows their `*`. */
  readonly #wildcards = new Map<string, number>();
  /** Of what follows the `*` of wildcards. */
  readonly #wildcardLengths: readonly number[];
  #endings: Endings | undefined;

  /** Each host once. */
  constructor(hosts: readonly string[]) {
    this.#hosts = hosts;
    const lengths = new Set<number>();
    hosts.forEach((host, position) => {
      this.#positions.set(host, position);
      if (!isWildcard(host)) return;
      this.#wildcards.set(host.slice(1), position);
      lengths.add(host.length - 1);
    });
    this.#wildcardLengths = [...lengths];
  }

  /** In the order in which the hosts were given. */
  find(name: string): readonly string[] {
    if (isWildcard(name)) return this.#listHosts([...this.#covering(name.slice(1)), ...this.#coveredBy(name.slice(1))]);
    const same = this.#positions.get(name);
    const covering = this.#covering(name);
    return this.#listHosts(same === undefined ? covering : [same, ...covering]);
  }

  /** The wildcards that end as the name does. */
  #covering(name: string): readonly number[] {
    const found: number[] = [];
    for (const length of this.#wildcardLengths) {
      if (length > name.length) continue;
      const position = this.#wildcards.get(name.slice(name.length - length));
      if (position !== undefined) found.push(position);
    }
    return found;
  }

  #coveredBy(ending: string): readonly number[] {
    this.#endings ??= sortByEnding(this.#hosts);
    return findEnding(this.#endings, ending);
  }

  #listHosts(positions: readonly number[]): readonly string[] {
    if (positions.length === 0) return none;
    const inOrder = [...new Set(positions)].sort((left, right) => left - right);
    return inOrder.map((position) => this.#hosts[position] ?? '');
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
