import type { ProxyType } from '../../model/proxy.ts';
import type { RouteConfiguration } from '../../xds/types.ts';
import { indexServerPorts, matchesGatewayRoutes, matchesSidecarRoutes } from '../match/route-match.ts';
import type { PatchSet } from '../patch-set.ts';
import { shareRouteValues } from '../shared-values.ts';
import { patchRouteConfiguration } from './patch-route-configuration.ts';

export interface PatchedRoutes {
  readonly proxyType: ProxyType;
  readonly serverPortsByRoute: ReadonlyMap<string, readonly number[]>;
}

/** The configurations that listeners ask for by name (RDS). */
export function patchRouteConfigurations(
  set: PatchSet,
  configurations: readonly RouteConfiguration[],
  { proxyType, serverPortsByRoute }: PatchedRoutes,
): readonly RouteConfiguration[] {
  const serverPorts = indexServerPorts(serverPortsByRoute);
  const patched = configurations.map((configuration) => {
    const { name } = configuration;
    return proxyType === 'router'
      ? patchRouteConfiguration(configuration, {
          set,
          context: 'GATEWAY',
          matches: (patch) => matchesGatewayRoutes(name, patch, serverPorts),
        })
      : patchRouteConfiguration(configuration, {
          set,
          context: 'SIDECAR_OUTBOUND',
          matches: (patch) => matchesSidecarRoutes(name, patch),
        });
  });
  return shareRouteValues(configurations, patched);
}
