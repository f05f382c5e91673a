import { flatten } from '../../model/flatten.ts';
import { isWildcard } from '../../model/hostname.ts';
import { isHttpOrSniffed } from '../../model/protocol.ts';
import { referenceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import type { EgressListener, SelectedVirtualService } from '../../registry/proxy-view.ts';
import { frozen } from '../../xds/frozen.ts';
import { outboundName } from '../../xds/resource-name.ts';
import type { Route } from '../../xds/types.ts';
import { buildDefaultOutboundRoute } from './default-route.ts';
import { destinationCluster } from './destination.ts';
import { buildHashPolicy, hashOfDestination, hashOfService } from './hash-policy.ts';
import type { ListenerIndex } from './listener-index.ts';
import type { ReachableServices } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';
import { serviceOperation } from './route-operation.ts';
import { semanticsOf } from './route-semantics.ts';
import { reportUnknownDestination } from './unknown-destination.ts';
import { separateHosts } from './virtual-service-hosts.ts';
import { buildVirtualServiceRoutes } from './virtual-service-routes.ts';

/** Services and other hosts that share one list of routes on one port. */
export interface RouteGroup {
  readonly port: number;
  readonly services: readonly Service[];
  readonly otherHosts: readonly string[];
  readonly routes: readonly Route[];
  /** Groups of VirtualServices have an order; those of services by themselves do not. */
  readonly byVirtualService: boolean;
}

export interface RouteGroupOptions {
  readonly listener: EgressListener;
  readonly index: ListenerIndex;
  readonly reachable: ReachableServices;
  /** 0 where the listener takes requests for all ports. */
  readonly listenerPort: number;
  /** What they are remembered by. */
  readonly purpose: string;
}

/**
 * First what VirtualServices route, in their order, then each remaining service by itself.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, BuildSidecarVirtualHostWrapper.
 */
export function planRouteGroups(context: RouteContext, options: RouteGroupOptions): readonly RouteGroup[] {
  const { listener, index, reachable, listenerPort, purpose } = options;
  const { memory, knownByName } = context.view;
  // On port 80 alone, VirtualServices may also route hosts that no service has.
  const virtualServices =
    listenerPort === 80 ? listener.virtualServices : index.virtualServicesFor([...reachable.byHost.keys()]);
  const routed = memory.mapEach(
    `routes of VirtualServices ${purpose}`,
    virtualServices,
    (virtualService) => groupsOfVirtualService(context, virtualService, options),
    {
      of: (virtualService) => ingredientsOf(context, virtualService, options),
      lookups: {
        in: [knownByName, reachable.byHost],
        asksFor: (virtualService, names) => asksFor(mentionsOf(context, virtualService), names, reachable),
      },
    },
  );
  const taken = new Set(routed.flatMap((groups) => groups.flatMap(({ services }) => services)));
  const others = [...reachable.byHost.values()].filter(
    (service) => !taken.has(service) && service.resolution !== 'alias',
  );
  const alone = memory.mapEach(
    `routes of services ${purpose}`,
    others,
    (service) => groupsOfService(context, service),
    {
      of: ({ hostname }) => [knownByName.get(hostname)],
      lookups: { in: [knownByName], asksFor: ({ hostname }, names) => names.has(hostname) },
    },
  );
  return memory.once(`route groups ${purpose}`, [routed, alone], () => [...flatten(routed), ...flatten(alone)]);
}

/** What decides over the routes of a VirtualService, besides itself. */
function ingredientsOf(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  { listener, reachable }: RouteGroupOptions,
): readonly unknown[] {
  const { knownByName } = context.view;
  const { hosts, destinations } = mentionsOf(context, virtualService);
  const ingredients: unknown[] = [];
  if (hosts) for (const host of hosts) ingredients.push(reachable.byHost.get(host));
  else ingredients.push(reachable, listener.virtualServices);
  for (const host of destinations) {
    const service = reachable.byHost.get(host);
    const { externalName } = service?.kubernetes ?? {};
    ingredients.push(service, knownByName.get(host));
    if (externalName) ingredients.push(knownByName.get(externalName));
  }
  return ingredients;
}

/** What stands for another name can change with that one. */
function asksFor(
  { hosts, destinations }: Mentions,
  names: ReadonlySet<string>,
  { byHost }: ReachableServices,
): boolean {
  if (!hosts || hosts.some((host) => names.has(host))) return true;
  return destinations.some((host) => names.has(host) || byHost.get(host)?.kubernetes?.externalName !== undefined);
}

/** The names in a VirtualService. */
interface Mentions {
  /** Absent where there are wildcards among them. */
  readonly hosts?: readonly string[];
  readonly destinations: readonly string[];
}

function mentionsOf({ view }: RouteContext, virtualService: SelectedVirtualService): Mentions {
  const known = view.memory.once('mentions', [], () => new WeakMap<SelectedVirtualService, Mentions>());
  const mentions = known.get(virtualService) ?? listMentions(virtualService);
  known.set(virtualService, mentions);
  return mentions;
}

function listMentions({ spec }: SelectedVirtualService): Mentions {
  const given = spec.hosts ?? [];
  const hosts = given.some(isWildcard) ? undefined : given.map((host) => host.toLowerCase());
  const destinations = (spec.http ?? []).flatMap(({ route = [], mirror, mirrors = [] }) => [
    ...route.map(({ destination }) => destination?.host ?? ''),
    ...(mirror ? [mirror.host ?? ''] : []),
    ...mirrors.map(({ destination }) => destination?.host ?? ''),
  ]);
  return { destinations: [...new Set(destinations)], ...(hosts && { hosts }) };
}

function groupsOfService(context: RouteContext, service: Service): readonly RouteGroup[] {
  return httpPorts(service).map((port) => ({
    port: port.number,
    services: [service],
    otherHosts: [],
    routes: frozen([serviceRoute(context, service, port)]),
    byVirtualService: false,
  }));
}

/** Host names in upper case, and services that another of the same name hides, have routes but no clusters. */
function serviceRoute(context: RouteContext, { hostname, origin }: Service, port: Port): Route {
  const cluster = outboundName(hostname, port.number);
  reportUnknownDestination(context, { cluster, resource: referenceOf(origin), path: 'spec' });
  return buildDefaultOutboundRoute(context, {
    cluster,
    operation: serviceOperation(hostname, port.number),
    hashPolicy: buildHashPolicy(hashOfService(context.view, hostname, port)),
  });
}

function groupsOfVirtualService(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  options: RouteGroupOptions,
): readonly RouteGroup[] {
  const { reachable, listenerPort, index } = options;
  const { services, others } = separateHosts(virtualService, reachable, index.mostSpecific);
  if (semanticsOf(virtualService.metadata) === 'gateway' && !routesForSomeone(context, virtualService, services)) {
    return [];
  }
  const byPort = new Map<number, Service[]>();
  for (const service of services) {
    for (const { number } of httpPorts(service)) {
      const group = byPort.get(number);
      if (group) group.push(service);
      else byPort.set(number, [service]);
    }
  }
  if (byPort.size === 0 && listenerPort === 80) byPort.set(80, []);
  if (byPort.size === 0) return [];
  const routes = frozen(routesOf(context, virtualService, options));
  if (routes.length === 0) return [];
  return [...byPort].map(([port, members]) => ({
    port,
    services: members,
    otherHosts: others,
    routes,
    byVirtualService: true,
  }));
}

/** An HTTPRoute is for callers in its own namespace, or for those of a service in its own namespace. */
function routesForSomeone(
  { view }: RouteContext,
  { metadata }: SelectedVirtualService,
  services: readonly Service[],
): boolean {
  return services.some(
    ({ namespace }) => namespace === metadata.namespace || view.proxy.namespace === metadata.namespace,
  );
}

function routesOf(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  { reachable, listenerPort }: RouteGroupOptions,
): readonly Route[] {
  const { view } = context;
  const resource = referenceOf({ kind: 'VirtualService', metadata: virtualService.metadata });
  return buildVirtualServiceRoutes(virtualService, {
    context,
    source: {
      labels: view.proxy.labels,
      namespace: view.proxy.namespace,
      gatewayNames: meshGateway,
      listenerPort,
    },
    terminatesTls: false,
    clusterOf(destination) {
      const cluster = destinationCluster(destination, reachable.byHost.get(destination.host ?? ''), listenerPort);
      reportUnknownDestination(context, { cluster, resource, path: 'spec.http' });
      return cluster;
    },
    hashOf: (destination) => hashOfDestination(view, destination),
  });
}

const meshGateway: ReadonlySet<string> = new Set(['mesh']);

function httpPorts({ ports }: Service): readonly Port[] {
  return ports.filter(({ protocol }) => isHttpOrSniffed(protocol));
}
