import type { Operation } from '../model/istio/envoy-filter.ts';

export interface Placement<T> {
  readonly operation: Operation;
  readonly value: T;
  /** Absent where the patch names no item to hold on to. */
  readonly matches?: (item: T) => boolean;
}

/**
 * Puts a value into a list of filters or routes, or takes items out. Without an item to hold on to, a value that belongs
 * before something comes first, one that belongs after it last, and nothing is replaced or removed. Only the first of
 * several items counts, except for removal. Returns the list itself where nothing changes.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/util.go`, listener_patch.go.
 */
export function placeInList<T>(list: readonly T[], { operation, value, matches }: Placement<T>): readonly T[] {
  const place = matches ? list.findIndex(matches) : -1;
  switch (operation) {
    case 'ADD':
      return [...list, value];
    case 'INSERT_FIRST':
      return [value, ...list];
    case 'INSERT_BEFORE':
      if (!matches) return [value, ...list];
      return place < 0 ? list : list.toSpliced(place, 0, value);
    case 'INSERT_AFTER':
      if (!matches) return [...list, value];
      return place < 0 ? list : list.toSpliced(place + 1, 0, value);
    case 'REPLACE':
      return place < 0 ? list : list.with(place, value);
    case 'REMOVE':
      return place < 0 || !matches ? list : list.filter((item) => !matches(item));
    default:
      return list;
  }
}
