import type { FilterChain, Listener, ListenerFilter } from '../../../xds/types.ts';
import { listenerAddress, listenerName } from '../listener-address.ts';
import { connectionBalance } from '../listener-context.ts';
import { proxyProtocol, tlsInspector } from '../listener-filters.ts';
import { matchesEverything, renderChainMatch } from '../outbound/chain-match.ts';
import type { GatewayChain, GatewayContext } from './gateway-context.ts';

/** Slow handshakes must not hold connections. */
const transportSocketConnectTimeout = '15s';

export interface GatewayListenerParts {
  readonly bind: string;
  readonly port: number;
  readonly chains: readonly GatewayChain[];
}

/**
 * Completes a listener around its chains. Without a timeout of their own the listener filters get Envoy's of 15 seconds.
 * Source: istio `pilot/pkg/networking/core/listener.go`, buildGatewayListener.
 */
export function renderGatewayListener(context: GatewayContext, parts: GatewayListenerParts): Listener {
  const { bind, port, chains } = parts;
  const listenerFilters = filtersOf(context, chains);
  const accessLog = context.telemetry.gateway.accessLogs.listener;
  return {
    name: listenerName(bind, port),
    address: listenerAddress(bind, port),
    filterChains: chains.map(renderChain),
    ...(listenerFilters.length > 0 && { listenerFilters }),
    trafficDirection: 'OUTBOUND',
    ...connectionBalance(context, 'OUTBOUND_LISTENER_EXACT_BALANCE'),
    ...(accessLog.length > 0 && { accessLog }),
    maxConnectionsToAcceptPerSocketEvent: 1,
  };
}

function renderChain({ filters, transportSocket, ...match }: GatewayChain): FilterChain {
  return {
    ...(!matchesEverything(match) && { filterChainMatch: renderChainMatch(match) }),
    filters,
    ...(transportSocket && { transportSocket }),
    transportSocketConnectTimeout,
  };
}

/** The PROXY header comes before everything else. TLS is looked into for its server name, and where it is ended. */
function filtersOf({ proxyConfig }: GatewayContext, chains: readonly GatewayChain[]): readonly ListenerFilter[] {
  const inspects = chains.some(({ serverNames, transportSocket }) => serverNames.length > 0 || transportSocket);
  return [...(proxyConfig.gatewayTopology?.proxyProtocol ? [proxyProtocol] : []), ...(inspects ? [tlsInspector] : [])];
}
