import type { Any, FilterChain, TransportSocket } from '../../xds/types.ts';
import { overwrite } from '../draft.ts';
import { matchesFilterChain, matchesListener } from '../match/listener-match.ts';
import type { Patch } from '../patch.ts';
import { type ContextPatches, isMerge, type PatchSet } from '../patch-set.ts';
import { Drafting, type FilterChainDraft, type ListenerDraft } from './listener-draft.ts';
import { patchNetworkFilters } from './patch-network-filters.ts';

/** Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, patchFilterChains. */
export function patchFilterChains(patches: ContextPatches, listener: ListenerDraft): void {
  for (const chain of listener.filterChains ?? []) if (chain.filters) patchFilterChain(patches, listener, chain);

  const last = listener.defaultFilterChain;
  if (last?.filters) {
    patchFilterChain(patches, listener, last);
    if (!last.filters) delete listener.defaultFilterChain;
  }

  const { set, context } = patches;
  for (const patch of set.of('FILTER_CHAIN', context)) {
    if (patch.operation !== 'ADD' || !matchesListener(listener, patch)) continue;
    set.use(patch);
    listener.filterChains = [...(listener.filterChains ?? []), draftOf(patch)];
  }
  listener.filterChains = (listener.filterChains ?? []).filter(({ filters }) => filters);
}

function patchFilterChain(patches: ContextPatches, listener: ListenerDraft, chain: FilterChainDraft): void {
  const { set, context } = patches;
  for (const patch of set.of('FILTER_CHAIN', context)) {
    if (!matchesListener(listener, patch) || !matchesFilterChain(listener, chain, patch)) continue;
    if (patch.operation === 'REMOVE') {
      set.use(patch);
      delete chain.filters;
      return;
    }
    if (!isMerge(patch)) continue;
    set.use(patch);
    const socket = mergeTransportSocket(set, chain, patch);
    if (socket) chain.transportSocket = socket;
    else overwrite(chain, set.merge<FilterChainDraft>(chain, patch, draftOf(patch)));
  }
  patchNetworkFilters(patches, listener, chain);
}

/** Of a patch for the transport socket that a chain has already, nothing but the socket's configuration is merged. */
function mergeTransportSocket(set: PatchSet, chain: FilterChainDraft, patch: Patch): TransportSocket | undefined {
  const { transportSocket: patched } = patch.value as unknown as FilterChain;
  const { transportSocket: socket } = chain;
  if (!patched || !socket || patched.name !== socket.name) return undefined;
  return mergeSocketConfig(set, socket, patched.typedConfig, patch);
}

function mergeSocketConfig(
  set: PatchSet,
  socket: TransportSocket,
  patched: Any | undefined,
  patch: Patch,
): TransportSocket {
  if (!socket.typedConfig || !patched) return socket;
  return { ...socket, typedConfig: set.mergeContents(socket.typedConfig, patched, patch) };
}

/** Of a patch that is used for several chains, each gets its own. */
function draftOf({ value }: Patch): FilterChainDraft {
  return new Drafting().filterChain(value as unknown as FilterChain);
}
