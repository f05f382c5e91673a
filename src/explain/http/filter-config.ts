import type { Any, HttpConnectionManager, Route, VirtualHost } from '../../xds/types.ts';
import type { HttpWalk } from './http-walk.ts';

/** The configuration of one HTTP filter at the route, else at the virtual host, else at the route configuration. */
export function filterConfigOf<U extends Any['@type']>(
  { manager, routes }: Pick<HttpWalk, 'manager' | 'routes'>,
  levels: readonly (Route | VirtualHost)[],
  type: U,
): Extract<Any, { readonly '@type': U }> | undefined {
  if (!hasFilter(manager, type)) return undefined;
  for (const { typedPerFilterConfig } of [...levels, routes]) {
    const config = Object.values(typedPerFilterConfig ?? {}).find((candidate) => candidate['@type'] === type);
    if (config) return config as Extract<Any, { readonly '@type': U }>;
  }
  return undefined;
}

/** Without the filter in the connection manager, what a route configures for it has no effect. */
function hasFilter({ httpFilters = [] }: HttpConnectionManager, type: Any['@type']): boolean {
  const extension = type.split('.').slice(0, -1).join('.');
  return httpFilters.some(({ typedConfig }) => typedConfig?.['@type'].startsWith(`${extension}.`));
}
