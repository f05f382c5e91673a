import type { Grouping } from '../../model/memory.ts';
import type { SelectedVirtualService } from '../../registry/proxy-view.ts';
import { outboundName } from '../../xds/resource-name.ts';
import type { Route } from '../../xds/types.ts';
import { buildDefaultOutboundRoute } from './default-route.ts';
import { findTarget } from './destination.ts';
import { buildHashPolicy, hashOfDestination, hashOfService } from './hash-policy.ts';
import type { ReachableService, ReachableServices, ReachOptions } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';
import { serviceOperation } from './route-operation.ts';
import { semanticsOf } from './route-semantics.ts';
import { type RoutedHost, routedName, routedService } from './routed-host.ts';
import { hasCluster, reportUnknownDestination } from './unknown-destination.ts';
import { separateHosts } from './virtual-service-hosts.ts';
import { ingredientsOf, namesOfIngredients } from './virtual-service-ingredients.ts';
import { buildVirtualServiceRoutes } from './virtual-service-routes.ts';

export interface RoutedHostOptions extends ReachOptions {
  readonly reachable: ReachableServices;
}

/**
 * First what VirtualServices route, in their order, then each remaining service by itself.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, BuildSidecarVirtualHostWrapper.
 */
export function planRoutedHosts(context: RouteContext, options: RoutedHostOptions): readonly RoutedHost[] {
  const { listener, index, reachable, purpose } = options;
  const { memory, knownByName } = context.view;
  const { routing } = index;
  const routed = memory.collect<SelectedVirtualService, RoutedHost>(
    `routes of VirtualServices ${purpose}`,
    selectVirtualServices(context, options),
    (all, virtualService) => addVirtualService(all, { context, virtualService, options }),
    {
      of: (virtualService) => ingredientsOf(context, virtualService, options),
      // A wildcard takes what no other VirtualService is more specific for.
      version: routing.overlaps.hasWildcards ? listener.virtualServices : undefined,
      lookups: {
        in: [knownByName, reachable.byHost],
        namesOf: (virtualService) => namesOfIngredients(context, virtualService, reachable),
      },
    },
  );
  const taken = memory.group(`routed services ${purpose}`, routed, byServiceName);
  const alone = memory.collect<ReachableService, RoutedHost>(
    `routes of services ${purpose}`,
    reachable.services,
    (all, service) => {
      const isRouted = taken.has(service.hostname) || service.service.resolution === 'alias';
      if (!isRouted) addService(all, { context, service, options });
    },
    {
      of: ({ hostname }) => [knownByName.get(hostname), taken.has(hostname)],
      lookups: { in: [knownByName, taken], namesOf: ({ hostname }) => [hostname] },
    },
  );
  return memory.join(`routed hosts ${purpose}`, [routed, alone]);
}

/** Those that have to do with any of the services. On port 80 alone, they may also route hosts that no service has. */
function selectVirtualServices(
  { view: { memory } }: RouteContext,
  { index: { routing }, reachable, listenerPort, purpose }: RoutedHostOptions,
): readonly SelectedVirtualService[] {
  if (listenerPort === 80) return routing.virtualServices;
  const concerned = memory.collect<ReachableService, SelectedVirtualService>(
    `VirtualServices for services ${purpose}`,
    reachable.services,
    (all, { hostname }) => {
      for (const virtualService of routing.forHost(hostname)) all.push(virtualService);
    },
    {
      of: ({ hostname }) => routing.forHost(hostname),
      version: routing.overlaps,
      lookups: { in: [routing.byHost], namesOf: ({ hostname }) => routing.overlaps.find(hostname) },
    },
  );
  return memory.once(`VirtualServices for services ${purpose}`, [concerned, routing.virtualServices], () => {
    const selected = new Set(concerned);
    return routing.virtualServices.filter((virtualService) => selected.has(virtualService));
  });
}

const byServiceName: Grouping<RoutedHost, readonly RoutedHost[]> = {
  keyOf: ({ service }) => service?.hostname ?? [],
  make: (hosts) => hosts,
};

interface RoutedService {
  readonly context: RouteContext;
  readonly service: ReachableService;
  readonly options: RoutedHostOptions;
}

/** Host names in upper case, and services that another of the same name hides, have routes but no clusters. */
function addService(all: RoutedHost[], { context, service, options: { listenerPort } }: RoutedService): void {
  const { hostname } = service;
  for (const port of service.httpPorts) {
    if (!hasCluster(context.view, service.service, { hostname, port })) {
      const target = { direction: 'outbound', port: port.number, subset: '', hostname } as const;
      reportUnknownDestination(context, { target, from: service.service.origin, path: 'spec' });
    }
    const hashPolicy = buildHashPolicy(hashOfService(context.view, hostname, port));
    const operation = serviceOperation(hostname, port.number);
    const cluster = outboundName(hostname, port.number);
    const route = buildDefaultOutboundRoute(context, { cluster, operation, hashPolicy });
    const ofPort = { port: port.number, routes: [route], byVirtualService: false, listenerPort };
    all.push(routedService(context, service, ofPort));
  }
}

interface RoutedByVirtualService {
  readonly context: RouteContext;
  readonly virtualService: SelectedVirtualService;
  readonly options: RoutedHostOptions;
}

function addVirtualService(all: RoutedHost[], { context, virtualService, options }: RoutedByVirtualService): void {
  const { reachable, listenerPort, index } = options;
  const { services, others } = separateHosts(virtualService, reachable, index.mostSpecific);
  if (semanticsOf(virtualService.metadata) === 'gateway' && !routesForSomeone(context, virtualService, services))
    return;
  const ports = listPorts(services, listenerPort);
  if (ports.length === 0) return;
  const routes = routesOf(context, virtualService, options);
  if (routes.length === 0) return;
  for (const port of ports) {
    const ofPort = { port, routes, byVirtualService: true, listenerPort };
    for (const name of others) all.push(routedName(context, name, ofPort));
    for (const service of services) if (serves(service, port)) all.push(routedService(context, service, ofPort));
  }
}

const noPorts: readonly number[] = [];

/** Of the services, or the listener's. On port 80, hosts are routed that no service has. */
function listPorts(services: readonly ReachableService[], listenerPort: number): readonly number[] {
  if (listenerPort === 0)
    return [...new Set(services.flatMap(({ httpPorts }) => httpPorts.map(({ number }) => number)))];
  const isServed = listenerPort === 80 || services.some((service) => serves(service, listenerPort));
  return isServed ? [listenerPort] : noPorts;
}

function serves({ httpPorts }: ReachableService, port: number): boolean {
  return httpPorts.some(({ number }) => number === port);
}

/** An HTTPRoute is for callers in its own namespace, or for those of a service in its own namespace. */
function routesForSomeone(
  { view }: RouteContext,
  { metadata }: SelectedVirtualService,
  services: readonly ReachableService[],
): boolean {
  return services.some(
    ({ service: { namespace } }) => namespace === metadata.namespace || view.proxy.namespace === metadata.namespace,
  );
}

function routesOf(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  { reachable, listenerPort }: RoutedHostOptions,
): readonly Route[] {
  const { view } = context;
  const from = { kind: 'VirtualService', metadata: virtualService.metadata };
  return buildVirtualServiceRoutes(virtualService, {
    context,
    source: {
      proxy: view.proxy,
      gatewayNames: meshGateway,
      listenerPort,
    },
    terminatesTls: false,
    targetOf(destination) {
      const target = findTarget(destination, reachable.byHost.get(destination.host ?? ''), listenerPort);
      reportUnknownDestination(context, { target, from, path: 'spec.http' });
      return target;
    },
    hashOf: (destination) => hashOfDestination(view, destination),
  });
}

const meshGateway: ReadonlySet<string> = new Set(['mesh']);
