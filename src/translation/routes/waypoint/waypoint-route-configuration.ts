import type { Port, Service } from '../../../model/service.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import type { Route, RouteConfiguration } from '../../../xds/types.ts';
import { buildDefaultInboundRoute, buildDefaultOutboundRoute } from '../default-route.ts';
import { buildHashPolicy, hashOfDestination } from '../hash-policy.ts';
import type { RouteContext } from '../route-context.ts';
import { serviceOperation } from '../route-operation.ts';
import { reportUnknownDestination } from '../unknown-destination.ts';
import { buildVirtualServiceRoutes } from '../virtual-service-routes.ts';
import { findWaypointTarget } from './waypoint-destination.ts';
import { waypointVirtualServices, withoutSourceLabels } from './waypoint-virtual-services.ts';

export interface WaypointRouteContext extends RouteContext {
  readonly view: WaypointView;
}

export interface WaypointRouteOptions {
  /** Also the name of the route configuration. */
  readonly cluster: string;
  readonly port: Pick<Port, 'number' | 'protocol'>;
  /** Absent for traffic to single workloads, which no VirtualService routes. */
  readonly service?: Service;
}

/**
 * The routes inside a waypoint's chain. The connection has shown which service is meant: routes need not ask for a host.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInboundHTTPRouteConfig.
 */
export function buildWaypointRouteConfiguration(
  context: WaypointRouteContext,
  options: WaypointRouteOptions,
): RouteConfiguration {
  const { cluster, service, port } = options;
  const routes = service ? routesOf(context, service, port.number) : [];
  const isDefault = routes.length === 0;
  const limitsBodies = isDefault && context.view.mesh.profile.waypointsRouteAsClients;
  return {
    name: cluster,
    virtualHosts: [
      {
        name: `inbound|http|${port.number}`,
        domains: [acceptedDomain(service)],
        routes: isDefault ? [defaultRoute(context, options)] : routes,
      },
    ],
    validateClusters: false,
    ...(limitsBodies && { maxDirectResponseBodySizeBytes: 1_048_576 }),
  };
}

/** What would be forwarded to any host that the request names must be held to the entry's own hosts. */
function acceptedDomain(service: Service | undefined): string {
  return service?.resolution === 'dynamic-dns' ? service.hostname : '*';
}

function defaultRoute(context: WaypointRouteContext, { cluster, port, service }: WaypointRouteOptions): Route {
  const { view } = context;
  const { waypointsRouteAsClients, waypointsHashRequests } = view.mesh.profile;
  const route = { cluster, operation: serviceOperation(service?.hostname ?? '', port.number) };
  if (!waypointsRouteAsClients) return buildDefaultInboundRoute(route, port.protocol);
  const rule = service && waypointsHashRequests ? view.inboundDestinationRuleFor(service) : undefined;
  // A hash that only a port's settings ask for does not count.
  const hashPolicy = buildHashPolicy(rule?.spec.trafficPolicy?.loadBalancer?.consistentHash);
  return buildDefaultOutboundRoute(context, { ...route, hashPolicy });
}

/** Of all VirtualServices, one after the other: even those behind a route that takes every request. */
function routesOf(context: WaypointRouteContext, service: Service, port: number): readonly Route[] {
  return waypointVirtualServices(context.view, service)
    .map(withoutSourceLabels)
    .flatMap((virtualService) => routesOfVirtualService(context, virtualService, port));
}

function routesOfVirtualService(
  context: WaypointRouteContext,
  virtualService: SelectedVirtualService,
  listenerPort: number,
): readonly Route[] {
  const { view } = context;
  const from = { kind: 'VirtualService', metadata: virtualService.metadata };
  return buildVirtualServiceRoutes(virtualService, {
    context,
    source: { proxy: view.proxy, gatewayNames: meshGateway, listenerPort },
    terminatesTls: false,
    targetOf(destination) {
      const target = findWaypointTarget(view, destination, listenerPort);
      reportUnknownDestination(context, { target, from, path: 'spec.http' });
      return target;
    },
    hashOf: (destination) => hashOfDestination(view, destination),
  });
}

const meshGateway: ReadonlySet<string> = new Set(['mesh']);
