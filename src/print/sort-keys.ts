/** What identifies a message comes first; the rest is in alphabetical order. */
const leading = ['@type', 'name', 'clusterName'];

/** Copies a plain value with the keys of its objects in one fixed order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([left], [right]) => compareKeys(left, right));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

function compareKeys(left: string, right: string): number {
  const byRank = rank(left) - rank(right);
  if (byRank !== 0) return byRank;
  return left < right ? -1 : left > right ? 1 : 0;
}

function rank(key: string): number {
  const index = leading.indexOf(key);
  return index < 0 ? leading.length : index;
}
