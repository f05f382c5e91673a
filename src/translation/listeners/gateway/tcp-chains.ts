import type { RouteDestination } from '../../../model/istio/virtual-service.ts';
import type { Metadata } from '../../../model/resource.ts';
import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { gatewayTlsSocket } from '../../tls/gateway-tls-socket.ts';
import { connectionMetadataExchange } from '../inbound/metadata-exchange.ts';
import { planRoutedProxy } from '../outbound/routed-proxy.ts';
import { boundVirtualServices, matchesServer } from './bound-virtual-services.ts';
import type { GatewayChain, GatewayContext } from './gateway-context.ts';
import { gatewayProxyFilters } from './gateway-proxy-filters.ts';

/**
 * The chain of a TCP server, or of one that ends TLS: to where the first matching tcp route leads. Without one there is
 * no chain. Source: istio `gateway.go`, buildGatewayNetworkFiltersFromTCPRoutes.
 */
export function buildTcpChains(context: GatewayContext, server: GatewayServer): readonly GatewayChain[] {
  const found = findRoute(context, server);
  if (!found) return [];
  const exchanges = server.tls?.mode === 'ISTIO_MUTUAL';
  const filters = [...(exchanges ? [connectionMetadataExchange] : []), ...routedFilters(context, server, found)];
  if (server.kind !== 'tls-termination') return [{ serverNames: [], filters }];
  return [{ serverNames: server.sniHosts, filters, transportSocket: gatewayTlsSocket(context.view, server) }];
}

export interface BoundRoutes {
  readonly routes: readonly RouteDestination[];
  readonly virtualService: Metadata;
}

/** The filters that send a server's connections where a VirtualService's route says. */
export function routedFilters(
  context: GatewayContext,
  { port }: GatewayServer,
  bound: BoundRoutes,
): readonly ConfigFilter[] {
  return gatewayProxyFilters(context, port.protocol, planRoutedProxy(context, { ...bound, port }));
}

function findRoute(context: GatewayContext, server: GatewayServer): BoundRoutes | undefined {
  for (const { metadata, spec } of boundVirtualServices(context, server)) {
    for (const { match = [], route: routes = [] } of spec.tcp ?? []) {
      const matches = match.length === 0 || match.some((one) => matchesServer(one, server));
      if (matches && routes.length > 0) return { routes, virtualService: metadata };
    }
  }
  return undefined;
}
