/** The items of all lists. (`flat` is slow where lists are many and short.) */
export function flatten<T>(lists: Iterable<readonly T[]>): T[] {
  const items: T[] = [];
  for (const list of lists) for (const item of list) items.push(item);
  return items;
}

/** Lists beyond which they are more than a call may have arguments. */
const mostLists = 10_000;

/** The same, faster where lists are few and long. */
export function concatenate<T>(lists: readonly (readonly T[])[]): T[] {
  return lists.length < mostLists ? ([] as T[]).concat(...lists) : flatten(lists);
}
