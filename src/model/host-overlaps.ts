import { isWildcard } from './hostname.ts';

const none: readonly string[] = [];
const nowhere: readonly number[] = [];

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
  /** Whether all wildcards stand for whole labels. */
  readonly #wholeLabels: boolean;
  /** What hosts end with, from a dot on: most wildcards cover none of them. */
  #endings: ReadonlySet<string> | undefined;
  /** The positions of the hosts, those with one ending side by side. */
  #byEnding: readonly number[] | undefined;

  /** Each host once. */
  constructor(hosts: readonly string[]) {
    this.#hosts = hosts;
    const lengths = new Set<number>();
    let wholeLabels = true;
    hosts.forEach((host, position) => {
      this.#positions.set(host, position);
      if (!isWildcard(host)) return;
      this.#wildcards.set(host.slice(1), position);
      lengths.add(host.length - 1);
      wholeLabels &&= host[1] === '.';
    });
    this.#wildcardLengths = [...lengths];
    this.#wholeLabels = wholeLabels;
  }

  get hasWildcards(): boolean {
    return this.#wildcards.size > 0;
  }

  /** In the order in which the hosts were given. */
  find(name: string): readonly string[] {
    const same = this.#positions.get(name);
    const ending = isWildcard(name) ? name.slice(1) : undefined;
    const covering = this.#covering(ending ?? name);
    const covered = ending === undefined ? nowhere : this.#coveredBy(ending);
    if (covering.length === 0 && covered.length === 0) return same === undefined ? none : this.#listHosts([same]);
    return this.#listHosts([...covering, ...covered, ...(same === undefined ? nowhere : [same])]);
  }

  /** The wildcards that end as the name does. */
  #covering(name: string): readonly number[] {
    let found: number[] | undefined;
    for (const length of this.#wildcardLengths) {
      const start = name.length - length;
      if (start < 0 || (this.#wholeLabels && name[start] !== '.')) continue;
      const position = this.#wildcards.get(start === 0 ? name : name.slice(start));
      if (position === undefined) continue;
      found ??= [];
      found.push(position);
    }
    return found ?? nowhere;
  }

  #coveredBy(ending: string): readonly number[] {
    const hosts = this.#hosts;
    const hostAt = (position: number | undefined): string => hosts[position ?? -1] ?? '';
    this.#endings ??= listEndings(hosts);
    if (ending.startsWith('.') && !this.#endings.has(ending)) return nowhere;
    this.#byEnding ??= [...hosts.keys()].sort((left, right) => compareBackwards(hostAt(left), hostAt(right)));
    const positions = this.#byEnding;
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareBackwards(hostAt(positions[middle]), ending) < 0) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < positions.length && hostAt(positions[end]).endsWith(ending)) end++;
    return positions.slice(low, end);
  }

  #listHosts(positions: readonly number[]): readonly string[] {
    const inOrder = positions.length === 1 ? positions : [...new Set(positions)].sort((left, right) => left - right);
    return inOrder.map((position) => this.#hosts[position] ?? '');
  }
}

/** What hosts end with, from each of their dots on. */
function listEndings(hosts: readonly string[]): ReadonlySet<string> {
  const endings = new Set<string>();
  for (const host of hosts)
    for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) endings.add(host.slice(dot));
  return endings;
}

/** Orders texts by their last character, then the one before it, and so on. */
function compareBackwards(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let back = 1; back <= shorter; back++) {
    const difference = left.charCodeAt(left.length - back) - right.charCodeAt(right.length - back);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
