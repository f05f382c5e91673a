/** Sorts items into lists by key; keys in the order of their first item. (Map.groupBy is younger than Node 20.) */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The same where an item may have several keys: it is once in the list of each. */
export function groupByKeys<T>(items: readonly T[], keysOf: (item: T) => string | readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  const add = (key: string, item: T): void => {
    const group = groups.get(key);
    if (!group) groups.set(key, [item]);
    else if (group.at(-1) !== item) group.push(item);
  };
  for (const item of items) {
    const keys = keysOf(item);
    if (typeof keys === 'string') add(keys, item);
    else for (const key of keys) add(key, item);
  }
  return groups;
}
