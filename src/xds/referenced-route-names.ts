import { typeUrls } from './type-urls.ts';
import type { Any, FilterChain, Listener } from './types.ts';

type ListenerChains = Pick<Listener, 'filterChains' | 'defaultFilterChain'>;

/** The route configurations that listeners ask for by name (RDS), each once, in the order of first use. */
export function referencedRouteNames(listeners: readonly ListenerChains[]): readonly string[] {
  const names = new Set<string>();
  for (const { filterChains, defaultFilterChain } of listeners) {
    if (filterChains) for (const chain of filterChains) addRouteNames(names, chain);
    if (defaultFilterChain) addRouteNames(names, defaultFilterChain);
  }
  return names.size === 0 ? none : [...names];
}

const none: readonly string[] = [];

function addRouteNames(names: Set<string>, { filters }: FilterChain): void {
  if (!filters) return;
  for (let index = 0; index < filters.length; index++) {
    const name = routeNameOf(filters[index]?.typedConfig);
    if (name !== undefined) names.add(name);
  }
}

function routeNameOf(config: Any | undefined): string | undefined {
  if (config?.['@type'] !== typeUrls.httpConnectionManager) return undefined;
  return config.rds?.routeConfigName;
}
