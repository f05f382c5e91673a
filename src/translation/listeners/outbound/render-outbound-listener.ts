import type { Draft } from '../../../xds/draft.ts';
import type { ConfigFilter, FilterChain, Listener, ListenerFilter } from '../../../xds/types.ts';
import type { Telemetry } from '../../http/telemetry/build-telemetry.ts';
import { configurationMetadata } from '../configuration-metadata.ts';
import { listenerAddresses, listenerName } from '../listener-address.ts';
import { connectionBalance, type ListenerContext } from '../listener-context.ts';
import { httpInspector, tlsInspector } from '../listener-filters.ts';
import type { ChainPlan, ListenerPlan } from '../plan/outbound-plan.ts';
import { matchesEverything, renderChainMatch } from './chain-match.ts';
import { sniDynamicForwardProxyName } from './network-filters.ts';
import { renderChainFilters } from './render-chain.ts';

/** Slow handshakes must not hold connections; istiod sets it on every chain that a service has. */
const transportSocketConnectTimeout = '15s';

/** What listeners share. */
export interface SharedParts {
  readonly unmatched: readonly ConfigFilter[];
  readonly telemetry: Telemetry;
}

/** Renders a planned listener. Source: istio `listener.go`, buildListenerFromEntry. */
export function renderOutboundListener(context: ListenerContext, plan: ListenerPlan, shared: SharedParts): Listener {
  const name = listenerName(plan.binds[0] ?? '', plan.port.number);
  const { memory } = context.view;
  const chains =
    plan.chains.length < manyChains
      ? plan.chains.map((chain) => renderChain(context, name, chain))
      : memory.mapEach(`chains ${name}`, plan.chains, (chain) => renderChain(context, name, chain), {
          of: (chain) => telemetryOf(shared, chain.target.kind === 'http'),
          version: shared.telemetry,
        });
  return outboundListener(context, plan, { name, chains, unmatched: shared.unmatched });
}

/** Listeners of fewer chains are rendered as a whole. */
const manyChains = 8;

/** Only requests are traced. */
export function telemetryOf({ telemetry }: SharedParts, speaksHttp: boolean): readonly unknown[] {
  const { accessLogs, statsFilters, tracing } = telemetry['sidecar-outbound'];
  return [accessLogs, statsFilters, speaksHttp && tracing];
}

interface ListenerParts {
  readonly name: string;
  /** One for each of the plan's. */
  readonly chains: readonly FilterChain[];
  readonly unmatched: readonly ConfigFilter[];
}

/** Completes a listener around its chains. */
export function outboundListener(
  context: ListenerContext,
  plan: Pick<ListenerPlan, 'binds' | 'bindToPort' | 'port'> & { readonly chains: readonly Pick<ChainPlan, 'match'>[] },
  { name, chains, unmatched }: ListenerParts,
): Listener {
  const { protocolDetectionTimeout = '0s' } = context.view.mesh.configuration;
  const listener: Draft<Listener> = { name, ...listenerAddresses(plan.binds, plan.port.number) };
  arrangeChains(listener, chains, unmatched);
  const detectsHttp = plan.chains.some(({ match }) => (match.applicationProtocols?.length ?? 0) > 0);
  const listenerFilters: ListenerFilter[] = [];
  if (plan.chains.some(asksForServerName) || chains.some(looksServerNameUp)) listenerFilters.push(tlsInspector);
  if (detectsHttp) listenerFilters.push(httpInspector);
  if (listenerFilters.length > 0) listener.listenerFilters = listenerFilters;
  // Only HTTP detection waits for bytes that a client may never send.
  listener.listenerFiltersTimeout = detectsHttp ? protocolDetectionTimeout : '0s';
  listener.continueOnListenerFiltersTimeout = true;
  listener.trafficDirection = 'OUTBOUND';
  Object.assign(listener, connectionBalance(context, 'OUTBOUND_LISTENER_EXACT_BALANCE'));
  if (plan.bindToPort) listener.maxConnectionsToAcceptPerSocketEvent = 1;
  else listener.bindToPort = false;
  return listener;
}

function renderChain(context: ListenerContext, name: string, plan: ChainPlan): FilterChain {
  const { configuration, match } = plan;
  const filters = renderChainFilters(context, name, plan);
  const metadata = configuration && configurationMetadata('virtual-service', configuration);
  if (matchesEverything(match)) {
    return metadata ? { filters, metadata, transportSocketConnectTimeout } : { filters, transportSocketConnectTimeout };
  }
  const filterChainMatch = renderChainMatch(match);
  return metadata
    ? { filterChainMatch, filters, metadata, transportSocketConnectTimeout }
    : { filterChainMatch, filters, transportSocketConnectTimeout };
}

/**
 * A chain that takes everything, and so asks for nothing, is the default; alone it is the only chain. Without one, what no
 * chain takes goes where unknown traffic goes.
 */
function arrangeChains(
  listener: Draft<Listener>,
  chains: readonly FilterChain[],
  unmatched: readonly ConfigFilter[],
): void {
  const fallback = chains.findLast(({ filterChainMatch }) => !filterChainMatch);
  const selective = fallback ? chains.filter(({ filterChainMatch }) => filterChainMatch) : chains;
  const isAlone = fallback && selective.length === 0;
  listener.filterChains = isAlone ? [fallback] : selective;
  if (isAlone) return;
  listener.defaultFilterChain = fallback ?? {
    name: 'PassthroughFilterChain',
    filterChainMatch: {},
    filters: unmatched,
  };
}

function asksForServerName({ match: { serverNames } }: Pick<ChainPlan, 'match'>): boolean {
  return serverNames !== undefined && serverNames.length > 0;
}

function looksServerNameUp({ filters }: FilterChain): boolean {
  return filters?.some(({ name }) => name === sniDynamicForwardProxyName) ?? false;
}
