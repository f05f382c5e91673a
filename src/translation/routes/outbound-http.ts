import type { EgressListener } from '../../registry/proxy-view.ts';
import { frozen } from '../../xds/frozen.ts';
import type { RouteConfiguration, VirtualHost } from '../../xds/types.ts';
import { buildCatchAllVirtualHost } from './catch-all.ts';
import { isForwardProxy, selectEgressListener } from './egress-listener.ts';
import { indexListener, type ListenerIndex } from './listener-index.ts';
import { compareText } from './match/compare-text.ts';
import { planRoutedHosts } from './plan-routed-hosts.ts';
import { reachableServices } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';
import { parseRouteName, type RouteName } from './route-name.ts';
import { buildVirtualHosts } from './virtual-hosts.ts';

/** Kept while the configurations of one proxy are built. */
export interface OutboundCache {
  readonly indexes: Map<EgressListener, ListenerIndex>;
  /** By port: sniffed services of a port ask for the same ones. */
  readonly virtualHosts: Map<number, SortedVirtualHosts>;
}

interface SortedVirtualHosts {
  readonly list: readonly VirtualHost[];
  havingDomain(domain: string): readonly VirtualHost[];
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
  const sorted = virtualHostsOfPort(context, parsed, { name, cache });
  if (parsed.kind === 'service') return routeConfiguration(name, sniffedVirtualHosts(sorted, name, parsed.host));
  const { memory, knownHosts, outboundTrafficPolicy } = context.view;
  const knowledge = outboundTrafficPolicy.egressProxy ? [knownHosts] : [];
  return memory.once(`route configuration ${name}`, [sorted.list, ...knowledge], () =>
    routeConfiguration(name, [...sorted.list, buildCatchAllVirtualHost(context)]),
  );
}

function routeConfiguration(name: string, virtualHosts: readonly VirtualHost[]): RouteConfiguration {
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

function virtualHostsOfPort(context: RouteContext, parsed: RouteName, { name, cache }: CachedName): SortedVirtualHosts {
  if (parsed.kind === 'all-ports') return buildSortedVirtualHosts(context, 0, { name, cache });
  const cached = cache.virtualHosts.get(parsed.port);
  if (cached) return cached;
  const built = buildSortedVirtualHosts(context, parsed.port, { name, cache });
  cache.virtualHosts.set(parsed.port, built);
  return built;
}

const noVirtualHosts: SortedVirtualHosts = { list: [], havingDomain: () => [] };

function buildSortedVirtualHosts(
  context: RouteContext,
  port: number,
  { name, cache: { indexes } }: CachedName,
): SortedVirtualHosts {
  const { view } = context;
  const { memory } = view;
  const listener = selectEgressListener(view, port, name);
  if (!listener) return noVirtualHosts;
  const purpose = `${view.egressListeners.indexOf(listener)} ${port === 0 ? name : port}`;
  const listenerPort = isForwardProxy(listener) ? 0 : port;
  const index = indexes.get(listener) ?? indexListener(view, listener);
  indexes.set(listener, index);
  const options = { listener, index, listenerPort, purpose };
  const hosts = planRoutedHosts(context, { ...options, reachable: reachableServices(view, options) });
  const virtualHosts = buildVirtualHosts(context, hosts, { listenerPort, purpose });
  const list = memory.sort(`virtual hosts ${purpose}`, virtualHosts, compareNames);
  return { list, havingDomain: memory.once(`domains ${purpose}`, [list], () => indexDomains(list)) };
}

function compareNames(left: VirtualHost, right: VirtualHost): number {
  return compareText(left.name, right.name);
}

/** Only made where somebody asks. */
function indexDomains(virtualHosts: readonly VirtualHost[]): SortedVirtualHosts['havingDomain'] {
  let byDomain: ReadonlyMap<string, readonly VirtualHost[]> | undefined;
  return (domain) => {
    byDomain ??= listByDomain(virtualHosts);
    return byDomain.get(domain) ?? [];
  };
}

function listByDomain(virtualHosts: readonly VirtualHost[]): ReadonlyMap<string, readonly VirtualHost[]> {
  const byDomain = new Map<string, VirtualHost[]>();
  for (const virtualHost of virtualHosts) {
    for (const domain of virtualHost.domains) {
      const others = byDomain.get(domain);
      if (others) others.push(virtualHost);
      else byDomain.set(domain, [virtualHost]);
    }
  }
  return byDomain;
}

/**
 * The listener has already found the service: its virtual host takes every request. A forward proxy's virtual hosts go by
 * name and port, and may be several. Source: istio `httproute.go`, getVirtualHostsForSniffedServicePort.
 */
function sniffedVirtualHosts(
  { list, havingDomain }: SortedVirtualHosts,
  name: string,
  host: string,
): readonly VirtualHost[] {
  // The configuration of the port has them, too.
  const matching = frozen([...new Set([...havingDomain(name), ...havingDomain(host)])]);
  if (matching.length === 1) return matching.map((only) => ({ ...only, domains: ['*'] }));
  const wanted = new Set(matching);
  return matching.length === 0 ? matching : list.filter((virtualHost) => wanted.has(virtualHost));
}
