import type { Any, Listener } from '../../xds/types.ts';
import { refuseRoutes } from './refuse-routes.ts';

/** Why Envoy does not load this listener; absent where it does. The text is one sentence. */
export function refuseListener(listener: Listener, files: ReadonlySet<string>): string | undefined {
  void files;
  const chains = listener.filterChains ?? [];
  if (chains.length === 0 && !listener.defaultFilterChain) return 'A listener needs at least one filter chain.';
  for (const { filters = [] } of [...chains, ...(listener.defaultFilterChain ? [listener.defaultFilterChain] : [])]) {
    for (const { typedConfig } of filters) {
      const refusal = refuseInlineRoutes(typedConfig);
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

function refuseInlineRoutes(config: Any | undefined): string | undefined {
  if (!config || !('routeConfig' in config) || !config.routeConfig) return undefined;
  return refuseRoutes(config.routeConfig as Parameters<typeof refuseRoutes>[0]);
}
