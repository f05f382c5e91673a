import { contentKey } from './content-key.ts';
import type { Identity, ListRule } from './list-rules.ts';

/** Positions of the items of two lists that are the same thing, and of those without a partner. */
export interface PairedItems {
  readonly pairs: readonly (readonly [number, number])[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/** Items that share an identity are paired in their order. */
export function pairItems(
  before: readonly unknown[],
  after: readonly unknown[],
  { identities, pairsRemainder }: ListRule,
): PairedItems {
  const pairs: (readonly [number, number])[] = [];
  let removed = before.map((_, index) => index);
  let added = after.map((_, index) => index);
  // What has no identity of its own is at least what it holds.
  for (const identify of [...identities, contentKey]) {
    if (removed.length === 0 || added.length === 0) break;
    const partners = positionsByIdentity(after, added, identify);
    const found = new Set<number>();
    removed = removed.filter((left) => {
      const right = takePartner(partners, identify(before[left]));
      if (right === undefined) return true;
      pairs.push([left, right]);
      found.add(right);
      return false;
    });
    added = added.filter((right) => !found.has(right));
  }
  const [left, ...moreRemoved] = removed;
  const [right, ...moreAdded] = added;
  const lonely = left !== undefined && right !== undefined && moreRemoved.length === 0 && moreAdded.length === 0;
  if (!lonely || !isObject(before[left])) return { pairs, removed, added };
  const nameless = identities.every((identify) => identify(before[left]) === identify(after[right]));
  if (!nameless && !pairsRemainder) return { pairs, removed, added };
  return { pairs: [...pairs, [left, right]], removed: [], added: [] };
}

function positionsByIdentity(
  items: readonly unknown[],
  positions: readonly number[],
  identify: Identity,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const position of positions) {
    const identity = identify(items[position]);
    if (identity === undefined) continue;
    const same = found.get(identity);
    if (same) same.push(position);
    else found.set(identity, [position]);
  }
  return found;
}

function takePartner(partners: Map<string, number[]>, identity: string | undefined): number | undefined {
  return identity === undefined ? undefined : partners.get(identity)?.shift();
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
