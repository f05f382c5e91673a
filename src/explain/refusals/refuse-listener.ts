import { oncePer } from '../../model/once-per.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { FilterChain, HttpConnectionManager, Listener } from '../../xds/types.ts';
import { refuseRoutes } from './refuse-routes.ts';

/** Why Envoy does not load this listener; absent where it does. The text is one sentence. */
export const refuseListener = oncePer(({ filterChains = [], defaultFilterChain }: Listener): string | undefined => {
  if (filterChains.length === 0 && !defaultFilterChain) return 'A listener needs at least one filter chain.';
  return first([...filterChains, ...(defaultFilterChain ? [defaultFilterChain] : [])], refuseFilterChain);
});

const terminalNetworkFilters: readonly string[] = [typeUrls.httpConnectionManager, typeUrls.tcpProxy];

function refuseFilterChain({ filters = [] }: FilterChain): string | undefined {
  const early = filters
    .slice(0, -1)
    .find(({ typedConfig }) => terminalNetworkFilters.includes(typedConfig?.['@type'] ?? ''));
  if (early) return `The terminal filter ${early.name} must be the last filter in its network filter chain.`;
  return first(filters, ({ typedConfig }) =>
    typedConfig?.['@type'] === typeUrls.httpConnectionManager ? refuseManager(typedConfig) : undefined,
  );
}

/** The router answers or forwards, so nothing can stand behind it. */
function refuseManager({ httpFilters = [], routeConfig }: HttpConnectionManager): string | undefined {
  const early = httpFilters.slice(0, -1).find(({ typedConfig }) => typedConfig?.['@type'] === typeUrls.router);
  if (early) return `The terminal filter ${early.name} must be the last filter in its HTTP filter chain.`;
  return routeConfig && refuseRoutes(routeConfig);
}

function first<T>(items: readonly T[], refuse: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const refusal = refuse(item);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
