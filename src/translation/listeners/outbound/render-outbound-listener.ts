import type { ConfigFilter, FilterChain, Listener, ListenerFilter } from '../../../xds/types.ts';
import { configurationMetadata } from '../configuration-metadata.ts';
import { listenerAddresses, listenerName } from '../listener-address.ts';
import { connectionBalance, type ListenerContext } from '../listener-context.ts';
import { httpInspector, tlsInspector } from '../listener-filters.ts';
import { destinationsOf, leadsTo } from '../plan/list-claims.ts';
import type { ChainPlan, ListenerPlan } from '../plan/outbound-plan.ts';
import { matchesEverything, renderChainMatch } from './chain-match.ts';
import { sniDynamicForwardProxyName } from './network-filters.ts';
import { renderChainFilters } from './render-chain.ts';

/** Slow handshakes must not hold connections; istiod sets it on every chain that a service has. */
const transportSocketConnectTimeout = '15s';

/** What listeners share. */
export interface SharedParts {
  readonly unmatched: readonly ConfigFilter[];
  readonly telemetry: unknown;
}

/** Renders a planned listener. Source: istio `listener.go`, buildListenerFromEntry. */
export function renderOutboundListener(context: ListenerContext, plan: ListenerPlan, shared: SharedParts): Listener {
  const name = listenerName(plan.binds[0] ?? '', plan.port.number);
  const { memory, knownByName } = context.view;
  const chains =
    plan.chains.length < manyChains
      ? plan.chains.map((chain) => renderChain(context, name, chain))
      : memory.mapEach(`chains ${name}`, plan.chains, (chain) => renderChain(context, name, chain), {
          of: (chain) => destinationsOf(chain).map((hostname) => knownByName.get(hostname)),
          version: shared.telemetry,
          lookups: { in: [knownByName], asksFor: leadsTo },
        });
  return outboundListener(context, plan, { name, chains, unmatched: shared.unmatched });
}

/** Listeners of fewer chains are rendered as a whole. */
const manyChains = 8;

interface RenderedChain {
  readonly plan: Pick<ChainPlan, 'match'>;
  readonly chain: FilterChain;
}

/** Completes a listener around its chains. */
export function outboundListener(
  context: ListenerContext,
  { binds, bindToPort, port }: Pick<ListenerPlan, 'binds' | 'bindToPort' | 'port'>,
  parts: {
    readonly name: string;
    readonly chains: readonly RenderedChain[];
    readonly unmatched: readonly ConfigFilter[];
  },
): Listener {
  const { protocolDetectionTimeout = '0s' } = context.view.mesh.configuration;
  const listenerFilters = inspectors(parts.chains);
  const detectsHttp = listenerFilters.includes(httpInspector);
  return {
    name: parts.name,
    ...listenerAddresses(binds, port.number),
    ...arrangeChains(parts.chains, parts.unmatched),
    ...(listenerFilters.length > 0 && { listenerFilters }),
    // Only HTTP detection waits for bytes that a client may never send.
    listenerFiltersTimeout: detectsHttp ? protocolDetectionTimeout : '0s',
    continueOnListenerFiltersTimeout: true,
    trafficDirection: 'OUTBOUND',
    ...connectionBalance(context, 'OUTBOUND_LISTENER_EXACT_BALANCE'),
    ...(bindToPort ? { maxConnectionsToAcceptPerSocketEvent: 1 } : { bindToPort: false }),
  };
}

function renderChain(context: ListenerContext, name: string, plan: ChainPlan): RenderedChain {
  const { configuration, match } = plan;
  return {
    plan,
    chain: {
      ...(!matchesEverything(match) && { filterChainMatch: renderChainMatch(match) }),
      filters: renderChainFilters(context, name, plan),
      ...(configuration && { metadata: configurationMetadata('virtual-service', configuration) }),
      transportSocketConnectTimeout,
    },
  };
}

/**
 * A chain that takes everything is the default; alone it is the only chain. Without one, what no chain takes goes where
 * unknown traffic goes.
 */
function arrangeChains(
  chains: readonly RenderedChain[],
  unmatched: readonly ConfigFilter[],
): Pick<Listener, 'filterChains' | 'defaultFilterChain'> {
  const fallback = chains.findLast(({ plan }) => matchesEverything(plan.match))?.chain;
  const filterChains = chains.filter(({ plan }) => !matchesEverything(plan.match)).map(({ chain }) => chain);
  if (fallback)
    return filterChains.length === 0 ? { filterChains: [fallback] } : { filterChains, defaultFilterChain: fallback };
  return {
    filterChains,
    defaultFilterChain: { name: 'PassthroughFilterChain', filterChainMatch: {}, filters: unmatched },
  };
}

function inspectors(chains: readonly RenderedChain[]): readonly ListenerFilter[] {
  const readsServerName = chains.some(
    ({ plan, chain }) =>
      (plan.match.serverNames?.length ?? 0) > 0 ||
      chain.filters?.some((filter) => filter.name === sniDynamicForwardProxyName),
  );
  const detectsHttp = chains.some(({ plan }) => (plan.match.applicationProtocols?.length ?? 0) > 0);
  return [...(readsServerName ? [tlsInspector] : []), ...(detectsHttp ? [httpInspector] : [])];
}
