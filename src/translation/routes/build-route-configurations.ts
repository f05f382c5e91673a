import type { ProxyView } from '../../registry/proxy-view.ts';
import type { RouteConfiguration } from '../../xds/types.ts';
import { buildOutboundRouteConfiguration, type OutboundCache } from './outbound-http.ts';
import { buildRouteContext } from './route-context.ts';

/** The route configurations that a sidecar's listeners ask for by name (RDS), in the order of the names. */
export function buildRouteConfigurations(view: ProxyView, names: readonly string[]): readonly RouteConfiguration[] {
  const context = buildRouteContext(view);
  const cache: OutboundCache = { indexes: new Map(), virtualHosts: new Map() };
  return names.map((name) => buildOutboundRouteConfiguration(context, name, cache));
}
