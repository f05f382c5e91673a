import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import { boundVirtualServices, matchesServer } from './bound-virtual-services.ts';
import type { GatewayChain, GatewayContext } from './gateway-context.ts';
import { routedFilters } from './tcp-chains.ts';

/**
 * TLS that the gateway does not end: a chain for each match of the tls routes, by its server names. A match of which any
 * name has a chain already is left out: Envoy refuses two chains that match the same.
 * Source: istio `gateway.go`, buildGatewayNetworkFiltersFromTLSRoutes.
 */
export function buildPassthroughChains(
  context: GatewayContext,
  server: GatewayServer,
  claimedNames: Map<string, string>,
): readonly GatewayChain[] {
  const chains: GatewayChain[] = [];
  for (const { metadata, spec } of boundVirtualServices(context, server)) {
    for (const { match = [], route: routes = [] } of spec.tls ?? []) {
      for (const one of match) {
        if (routes.length === 0 || !matchesServer(one, server)) continue;
        const { sniHosts: serverNames = [] } = one;
        if (!claimNames(claimedNames, server, serverNames)) continue;
        chains.push({ serverNames, filters: routedFilters(context, server, { routes, virtualService: metadata }) });
      }
    }
  }
  return chains;
}

/** Whether the names are all free at the server's address; takes them. Only the latest address of a name counts. */
function claimNames(
  claimed: Map<string, string>,
  { bind, targetPort }: GatewayServer,
  names: readonly string[],
): boolean {
  const keys = names.map((name) => `${targetPort} ${name}`);
  if (keys.some((key) => claimed.get(key) === bind)) return false;
  for (const key of keys) claimed.set(key, bind);
  return true;
}
