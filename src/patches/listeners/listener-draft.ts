import type { Draft } from '../../xds/draft.ts';
import type { ConfigFilter, FilterChain, HttpFilter, Listener, ListenerFilter } from '../../xds/types.ts';

export type FilterDraft = Draft<ConfigFilter>;
export type ListenerFilterDraft = Draft<ListenerFilter>;
export type HttpFilterDraft = Draft<HttpFilter>;

export interface FilterChainDraft extends Omit<Draft<FilterChain>, 'filters'> {
  /** Absent once the chain is removed; a chain may have lost all its filters and stay. */
  filters?: readonly FilterDraft[];
}

/** A listener while it is patched. */
export interface ListenerDraft
  extends Omit<Draft<Listener>, 'filterChains' | 'defaultFilterChain' | 'listenerFilters'> {
  filterChains?: readonly FilterChainDraft[];
  defaultFilterChain?: FilterChainDraft;
  listenerFilters?: readonly ListenerFilterDraft[];
}

/** Filters with a configuration of their own in each chain; istiod makes the others once, for all listeners. */
const ownFilters: readonly string[] = [
  'envoy.filters.network.http_connection_manager',
  'envoy.filters.network.tcp_proxy',
];

/**
 * Makes drafts, which are changed in place: istiod keeps what it has patched when it gives up in the middle. Filters that
 * listeners share stay shared, so that a merge into one of them reaches all listeners, whatever the patch matches.
 */
export class Drafting {
  private readonly shared = new Map<object, FilterDraft & ListenerFilterDraft>();

  listener({ filterChains, defaultFilterChain, listenerFilters, ...rest }: Listener): ListenerDraft {
    return {
      ...rest,
      ...(filterChains && { filterChains: filterChains.map((chain) => this.filterChain(chain)) }),
      ...(defaultFilterChain && { defaultFilterChain: this.filterChain(defaultFilterChain) }),
      ...(listenerFilters && { listenerFilters: listenerFilters.map((filter) => this.filter(filter)) }),
    };
  }

  filterChain({ filters, ...rest }: FilterChain): FilterChainDraft {
    return { ...rest, ...(filters && { filters: filters.map((filter) => this.filter(filter)) }) };
  }

  private filter(filter: ConfigFilter | ListenerFilter): FilterDraft & ListenerFilterDraft {
    if (ownFilters.includes(filter.name) || !Object.isFrozen(filter)) return { ...filter };
    const known = this.shared.get(filter);
    if (known) return known;
    const draft = { ...filter };
    this.shared.set(filter, draft);
    return draft;
  }
}

/** The listener that a draft has become: lists that have lost all their items are absent. */
export function finishListener(draft: ListenerDraft): Listener {
  const { filterChains = [], defaultFilterChain, listenerFilters = [], ...rest } = draft;
  return {
    ...rest,
    ...(filterChains.length > 0 && { filterChains: filterChains.map(finishFilterChain) }),
    ...(defaultFilterChain && { defaultFilterChain: finishFilterChain(defaultFilterChain) }),
    ...(listenerFilters.length > 0 && { listenerFilters }),
  };
}

function finishFilterChain({ filters = [], ...rest }: FilterChainDraft): FilterChain {
  return { ...rest, ...(filters.length > 0 && { filters }) };
}
