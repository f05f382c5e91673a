/** The items of all lists. (`flat` is slow where lists are many and short.) */
export function flatten<T>(lists: Iterable<readonly T[]>): T[] {
  const items: T[] = [];
  for (const list of lists) for (const item of list) items.push(item);
  return items;
}
