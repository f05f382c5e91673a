import { typeUrls } from '../../xds/type-urls.ts';
import type { ConfigFilter, HttpConnectionManager } from '../../xds/types.ts';
import { filterMatchOf, matchesFilterChain, matchesListener, matchesNetworkFilter } from '../match/listener-match.ts';
import type { Patch } from '../patch.ts';
import type { ContextPatches } from '../patch-set.ts';
import { placeInList } from '../place-in-list.ts';
import type { FilterChainDraft, FilterDraft, ListenerDraft } from './listener-draft.ts';
import { mergeFilter } from './merge-filter.ts';
import { patchHttpFilters } from './patch-http-filters.ts';

const connectionManager = 'envoy.filters.network.http_connection_manager';

/**
 * First the list of filters, then each of them, those that patches have added too.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, patchNetworkFilters.
 */
export function patchNetworkFilters(
  { set, context }: ContextPatches,
  listener: ListenerDraft,
  chain: FilterChainDraft,
): void {
  const patchesOf = (target: 'NETWORK_FILTER' | 'HTTP_FILTER'): readonly Patch[] =>
    set
      .of(target, context)
      .filter((patch) => matchesListener(listener, patch) && matchesFilterChain(listener, chain, patch));

  const patches = patchesOf('NETWORK_FILTER');
  for (const patch of patches) {
    const filters = chain.filters ?? [];
    const wanted = filterMatchOf(patch);
    const placed = placeInList<FilterDraft>(filters, {
      operation: patch.operation,
      value: { ...(patch.value as unknown as ConfigFilter) },
      ...(wanted && { matches: ({ name }) => matchesNetworkFilter(name, patch) }),
    });
    if (placed === filters) continue;
    set.use(patch);
    chain.filters = placed;
  }

  const httpPatches = patchesOf('HTTP_FILTER');
  for (const filter of chain.filters ?? []) {
    for (const patch of patches) {
      if (patch.operation === 'MERGE' && matchesNetworkFilter(filter.name, patch)) mergeFilter(set, filter, patch);
    }
    if (filter.name !== connectionManager || !isConnectionManager(filter.typedConfig)) continue;
    const relevant = httpPatches.filter((patch) => matchesNetworkFilter(filter.name, patch));
    filter.typedConfig = patchHttpFilters(set, filter.typedConfig, relevant);
  }
}

type ConnectionManagerConfig = HttpConnectionManager & { readonly '@type': typeof typeUrls.httpConnectionManager };

function isConnectionManager(config: ConfigFilter['typedConfig']): config is ConnectionManagerConfig {
  return config?.['@type'] === typeUrls.httpConnectionManager;
}
