import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import type { MergedGateway } from '../../../registry/gateways/merged-gateway.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import type { RouteConfiguration, VirtualHost } from '../../../xds/types.ts';
import { hostAndPort } from '../domains.ts';
import { compareText } from '../match/compare-text.ts';
import { isCatchAll } from '../match/route-match.ts';
import { buildRouteContext, type RouteContext } from '../route-context.ts';
import { collapseHosts } from './collapse-hosts.ts';
import { type HostRoutes, planHosts } from './plan-hosts.ts';

/** The route configurations that a gateway's listeners ask for by name (RDS), in the order of the names. */
export function buildGatewayRoutes(
  view: ProxyView,
  gateway: MergedGateway | undefined,
  names: readonly string[],
): readonly RouteConfiguration[] {
  const context = buildRouteContext(view, 'gateway');
  return names.map((name) => {
    const servers = gateway?.serversByRouteName.get(name);
    return gateway && servers
      ? buildConfiguration(context, gateway, { name, servers })
      : { name, validateClusters: false };
  });
}

interface NamedServers {
  readonly name: string;
  readonly servers: readonly GatewayServer[];
}

/** Source: istio `pilot/pkg/networking/core/gateway.go`, buildGatewayHTTPRouteConfig. */
function buildConfiguration(
  context: RouteContext,
  gateway: MergedGateway,
  { name, servers }: NamedServers,
): RouteConfiguration {
  const hosts = collapseHosts(planHosts(context, gateway, servers));
  const virtualHosts =
    hosts.length > 0 ? hosts.map((host) => renderHost(context, host)) : [blackhole(servers[0]?.port.number ?? 0)];
  return {
    name,
    virtualHosts: [...virtualHosts].sort((a, b) => compareText(a.name, b.name)),
    validateClusters: false,
    ignorePortInHostMatching: true,
    // What the admission webhook allows a direct response to hold.
    maxDirectResponseBodySizeBytes: 1_048_576,
  };
}

/** Routes that take every request come last: those of another VirtualService may follow them. */
function renderHost(
  { includeRequestAttemptCount }: RouteContext,
  { hostname, domains, port, routes, redirectsToTls }: HostRoutes & { readonly domains: readonly string[] },
): VirtualHost {
  const sorted = [
    ...routes.filter(({ match }) => !isCatchAll(match)),
    ...routes.filter(({ match }) => isCatchAll(match)),
  ];
  return {
    name: hostAndPort(hostname, port),
    domains,
    ...(sorted.length > 0 && { routes: sorted }),
    ...(redirectsToTls && { requireTls: 'ALL' }),
    ...(includeRequestAttemptCount && { includeRequestAttemptCount }),
  };
}

/** Answers every request with 404: it has no routes. */
function blackhole(port: number): VirtualHost {
  return { name: hostAndPort('blackhole', port), domains: ['*'] };
}
