import type { ConfigFilter, FilterChain, HttpFilter, Listener, ListenerFilter } from '../../xds/types.ts';
import type { Draft } from '../draft.ts';

export type FilterDraft = Draft<ConfigFilter>;
export type ListenerFilterDraft = Draft<ListenerFilter>;
export type HttpFilterDraft = Draft<HttpFilter>;

export interface FilterChainDraft extends Omit<Draft<FilterChain>, 'filters'> {
  /** Absent once the chain is removed; a chain may have lost all its filters and stay. */
  filters?: readonly FilterDraft[];
}

/**
 * A listener while it is patched, with chains and filters of its own. Drafts are changed in place, because istiod keeps
 * what it has patched when it gives up in the middle.
 */
export interface ListenerDraft
  extends Omit<Draft<Listener>, 'filterChains' | 'defaultFilterChain' | 'listenerFilters'> {
  filterChains?: readonly FilterChainDraft[];
  defaultFilterChain?: FilterChainDraft;
  listenerFilters?: readonly ListenerFilterDraft[];
}

export function draftListener(listener: Listener): ListenerDraft {
  const { filterChains, defaultFilterChain, listenerFilters, ...rest } = listener;
  return {
    ...rest,
    ...(filterChains && { filterChains: filterChains.map(draftFilterChain) }),
    ...(defaultFilterChain && { defaultFilterChain: draftFilterChain(defaultFilterChain) }),
    ...(listenerFilters && { listenerFilters: listenerFilters.map((filter) => ({ ...filter })) }),
  };
}

export function draftFilterChain({ filters, ...rest }: FilterChain): FilterChainDraft {
  return { ...rest, ...(filters && { filters: filters.map((filter) => ({ ...filter })) }) };
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
