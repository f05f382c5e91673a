import type { EgressListener } from '../../registry/proxy-view.ts';
import type { RouteConfiguration, VirtualHost } from '../../xds/types.ts';
import { buildCatchAllVirtualHost } from './catch-all.ts';
import { isForwardProxy, selectEgressListener } from './egress-listener.ts';
import { indexListener, type ListenerIndex } from './listener-index.ts';
import { compareText } from './match/compare-text.ts';
import { reachableServices } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';
import { planRouteGroups } from './route-groups.ts';
import { parseRouteName, type RouteName } from './route-name.ts';
import { buildVirtualHosts, type VirtualHostsByPort } from './virtual-hosts.ts';

/** Kept while the configurations of one proxy are built. */
export interface OutboundCache {
  /** By port: sniffed services of a port ask for the same ones. */
  readonly virtualHosts: Map<number, readonly VirtualHost[]>;
  readonly listeners: Map<EgressListener, ListenerIndex>;
}

/**
 * One route configuration that a sidecar's outbound listeners ask for.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, buildSidecarOutboundHTTPRouteConfig.
 */
export function buildOutboundRouteConfiguration(
  context: RouteContext,
  name: string,
  cache: OutboundCache,
): RouteConfiguration {
  const parsed = parseRouteName(name);
  if (!parsed) return { name, validateClusters: false };
  const virtualHosts =
    parsed.kind === 'service'
      ? sniffedVirtualHosts(virtualHostsOfPort(context, parsed, { name, cache }), { name, host: parsed.host })
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
  readonly cache: OutboundCache;
}

function virtualHostsOfPort(
  context: RouteContext,
  parsed: RouteName,
  { name, cache }: CachedName,
): readonly VirtualHost[] {
  if (parsed.kind === 'all-ports') return buildSortedVirtualHosts(context, 0, { name, cache });
  const cached = cache.virtualHosts.get(parsed.port);
  if (cached) return cached;
  const built = buildSortedVirtualHosts(context, parsed.port, { name, cache });
  cache.virtualHosts.set(parsed.port, built);
  return built;
}

function buildSortedVirtualHosts(
  context: RouteContext,
  port: number,
  { name, cache }: CachedName,
): readonly VirtualHost[] {
  const listener = selectEgressListener(context.view, port, name);
  if (!listener) return [];
  const listenerPort = isForwardProxy(listener) ? 0 : port;
  const index = cache.listeners.get(listener) ?? indexListener(listener);
  cache.listeners.set(listener, index);
  const reachable = reachableServices(context.view, { listener, index }, listenerPort);
  const groups = planRouteGroups(context, { listener, index, reachable, listenerPort });
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

/**
 * The listener has already found the service: its virtual host takes every request. A forward proxy's virtual hosts go by
 * name and port, and may be several. Source: istio `httproute.go`, getVirtualHostsForSniffedServicePort.
 */
function sniffedVirtualHosts(
  virtualHosts: readonly VirtualHost[],
  { name, host }: { readonly name: string; readonly host: string },
): readonly VirtualHost[] {
  const matching = virtualHosts.filter(({ domains }) => domains.includes(name) || domains.includes(host));
  return matching.length === 1 ? matching.map((only) => ({ ...only, domains: ['*'] })) : matching;
}
