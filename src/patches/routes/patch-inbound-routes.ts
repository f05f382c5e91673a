import type { ProxyType } from '../../model/proxy.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { ConfigFilter, FilterChain, Listener, RouteConfiguration } from '../../xds/types.ts';
import { matchesSidecarRoutes } from '../match/route-match.ts';
import type { PatchSet } from '../patch-set.ts';
import { patchRouteConfiguration } from './patch-route-configuration.ts';

/** The routes inside inbound listeners are patched before the listeners: patches of those see the result. */
export function patchInboundRoutes(set: PatchSet, listener: Listener, proxyType: ProxyType): Listener {
  const { filterChains } = listener;
  if (!filterChains || (proxyType !== 'waypoint' && listener.trafficDirection !== 'INBOUND')) return listener;
  return { ...listener, filterChains: filterChains.map((chain) => patchChain(set, chain, proxyType)) };
}

function patchChain(set: PatchSet, chain: FilterChain, proxyType: ProxyType): FilterChain {
  const { filters } = chain;
  if (!filters) return chain;
  return { ...chain, filters: filters.map((filter) => patchFilter(set, filter, proxyType)) };
}

function patchFilter(set: PatchSet, filter: ConfigFilter, proxyType: ProxyType): ConfigFilter {
  const { typedConfig } = filter;
  if (typedConfig?.['@type'] !== typeUrls.httpConnectionManager || !typedConfig.routeConfig) return filter;
  const { routeConfig } = typedConfig;
  if (proxyType === 'waypoint' && !isDefault(routeConfig)) return filter;
  const patched = patchRouteConfiguration(routeConfig, {
    set,
    context: 'SIDECAR_INBOUND',
    matches: (patch) => matchesSidecarRoutes(routeConfig.name, patch),
  });
  return { ...filter, typedConfig: { ...typedConfig, routeConfig: patched } };
}

/** A waypoint's routes that come from a VirtualService are not patched. */
function isDefault({ virtualHosts = [] }: RouteConfiguration): boolean {
  return virtualHosts.every(({ routes = [] }) => routes.length === 1 && routes[0]?.name === 'default');
}
