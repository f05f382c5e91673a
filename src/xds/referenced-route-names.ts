import { typeUrls } from './type-urls.ts';
import type { Any, Listener } from './types.ts';

/** The route configurations that listeners ask for by name (RDS), each once, in the order of first use. */
export function referencedRouteNames(listeners: readonly Listener[]): readonly string[] {
  const names = new Set<string>();
  for (const listener of listeners) {
    for (const chain of [...(listener.filterChains ?? []), listener.defaultFilterChain]) {
      for (const filter of chain?.filters ?? []) {
        const name = routeNameOf(filter.typedConfig);
        if (name !== undefined) names.add(name);
      }
    }
  }
  return [...names];
}

function routeNameOf(config: Any | undefined): string | undefined {
  if (config?.['@type'] !== typeUrls.httpConnectionManager) return undefined;
  return config.rds?.routeConfigName;
}
