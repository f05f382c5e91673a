import type { HttpConnectionManager, HttpFilter } from '../../xds/types.ts';
import { filterMatchOf } from '../match/listener-match.ts';
import type { Patch } from '../patch.ts';
import type { PatchSet } from '../patch-set.ts';
import { placeInList } from '../place-in-list.ts';
import type { HttpFilterDraft } from './listener-draft.ts';
import { mergeFilter } from './merge-filter.ts';

/**
 * The connection manager with its HTTP filters patched; one in which a patch cannot be merged stays as it is.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, patchHTTPFilters.
 */
export function patchHttpFilters<T extends HttpConnectionManager>(
  set: PatchSet,
  manager: T,
  patches: readonly Patch[],
): T {
  if (patches.length === 0) return manager;
  let filters: readonly HttpFilterDraft[] = (manager.httpFilters ?? []).map((filter) => ({ ...filter }));
  for (const patch of patches) {
    const matches = filterPredicate(patch);
    const placed = placeInList(filters, {
      operation: patch.operation,
      value: { ...(patch.value as unknown as HttpFilter) },
      ...(matches && { matches }),
    });
    if (placed !== filters) set.use(patch);
    filters = placed;
  }
  for (const filter of filters) {
    for (const patch of patches) {
      if (patch.operation === 'MERGE' && (filterPredicate(patch)?.(filter) ?? true)) mergeFilter(set, filter, patch);
    }
  }
  const { httpFilters: _, ...rest } = manager;
  return { ...rest, ...(filters.length > 0 && { httpFilters: filters }) } as T;
}

/** Absent where a patch holds on to no HTTP filter. */
function filterPredicate(patch: Patch): ((filter: HttpFilterDraft) => boolean) | undefined {
  const wanted = filterMatchOf(patch)?.subFilter;
  return wanted && (({ name }) => name === (wanted.name ?? ''));
}
