import type { Snapshot } from '../xds/snapshot.ts';
import type { FilterChain, HttpConnectionManager, Metadata, RouteConfiguration } from '../xds/types.ts';

/** The resources that filter chains and routes were made from: istiod names them in their metadata, as paths of Kubernetes. */
export function listUsedConfigurations({ listeners, routes }: Snapshot): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { filterChains = none, defaultFilterChain } of listeners) {
    for (const chain of filterChains) addOfChain(found, chain);
    if (defaultFilterChain) addOfChain(found, defaultFilterChain);
  }
  for (const configuration of routes) addOfRoutes(found, configuration);
  return found;
}

const none: readonly FilterChain[] = [];

function addOfChain(found: Set<string>, { metadata, filters = [] }: FilterChain): void {
  add(found, metadata);
  for (const { typedConfig } of filters) {
    const { routeConfig } = (typedConfig ?? {}) as Pick<HttpConnectionManager, 'routeConfig'>;
    if (routeConfig) addOfRoutes(found, routeConfig);
  }
}

function addOfRoutes(found: Set<string>, { virtualHosts = [] }: RouteConfiguration): void {
  for (const { routes = [] } of virtualHosts) for (const { metadata } of routes) add(found, metadata);
}

function add(found: Set<string>, metadata: Metadata | undefined): void {
  const config = metadata?.filterMetadata?.['istio']?.['config'];
  if (typeof config === 'string') found.add(config);
}
