import type { RouteConfiguration, VirtualHost } from '../../xds/types.ts';
import { buildCatchAllVirtualHost } from './catch-all.ts';
import { isForwardProxy, selectEgressListener } from './egress-listener.ts';
import { compareText } from './match/compare-text.ts';
import { reachableServices } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';
import { planRouteGroups } from './route-groups.ts';
import { parseRouteName, type RouteName } from './route-name.ts';
import { buildVirtualHosts, type VirtualHostsByPort } from './virtual-hosts.ts';

/** The virtual hosts of a port, kept while the configurations of one proxy are built: sniffed services ask again. */
export type VirtualHostCache = Map<number, readonly VirtualHost[]>;

/**
 * One route configuration that a sidecar's outbound listeners ask for.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, buildSidecarOutboundHTTPRouteConfig.
 */
export function buildOutboundRouteConfiguration(
  context: RouteContext,
  name: string,
  cache: VirtualHostCache,
): RouteConfiguration {
  const parsed = parseRouteName(name);
  if (!parsed) return { name, validateClusters: false };
  const virtualHosts =
    parsed.kind === 'service'
      ? sniffedVirtualHost(virtualHostsOfPort(context, parsed, { name, cache }), parsed.host)
      : [...virtualHostsOfPort(context, parsed, { name, cache }), buildCatchAllVirtualHost(context)];
  return {
    name,
    ...(virtualHosts.length > 0 && { virtualHosts }),
    validateClusters: false,
    // What the admission webhook allows a direct response to hold.
    maxDirectResponseBodySizeBytes: 1_048_576,
    ignorePortInHostMatching: true,
  };
}

interface CachedName {
  readonly name: string;
  readonly cache: VirtualHostCache;
}

function virtualHostsOfPort(
  context: RouteContext,
  parsed: RouteName,
  { name, cache }: CachedName,
): readonly VirtualHost[] {
  if (parsed.kind === 'all-ports') return buildSortedVirtualHosts(context, 0, name);
  const cached = cache.get(parsed.port);
  if (cached) return cached;
  const built = buildSortedVirtualHosts(context, parsed.port, name);
  cache.set(parsed.port, built);
  return built;
}

function buildSortedVirtualHosts(context: RouteContext, port: number, name: string): readonly VirtualHost[] {
  const listener = selectEgressListener(context.view, port, name);
  if (!listener) return [];
  const listenerPort = isForwardProxy(listener) ? 0 : port;
  const reachable = reachableServices(context.view, listener, listenerPort);
  const groups = planRouteGroups(context, { listener, reachable, listenerPort });
  const byPort = buildVirtualHosts(context, groups, listenerPort);
  const virtualHosts = listenerPort === 0 ? mergePorts(byPort) : (byPort.get(listenerPort) ?? []);
  return [...virtualHosts].sort((a, b) => compareText(a.name, b.name));
}

/** Where all ports meet, a name without a port means port 80: for other ports only names with a port stay. */
function mergePorts(byPort: VirtualHostsByPort): readonly VirtualHost[] {
  return [...byPort].flatMap(([port, virtualHosts]) => {
    if (port === 80) return virtualHosts;
    return virtualHosts
      .map((host) => ({ ...host, domains: host.domains.filter((domain) => domain.includes(':')) }))
      .filter(({ domains }) => domains.length > 0);
  });
}

/** The listener has already found the service: its virtual host takes every request. */
function sniffedVirtualHost(virtualHosts: readonly VirtualHost[], hostname: string): readonly VirtualHost[] {
  const matching = virtualHosts.filter(({ domains }) => domains.includes(hostname));
  return matching.length === 1 ? matching.map((host) => ({ ...host, domains: ['*'] })) : [];
}
