import type { RouteDestination } from '../../../model/istio/virtual-service.ts';
import { expandStatName } from '../../../model/stat-name.ts';
import { outboundName } from '../../../xds/resource-name.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { buildConnectionManager } from '../../http/connection-manager.ts';
import { usesDynamicForwardProxy } from '../../http/filters/dynamic-forward-proxy.ts';
import { destinationCluster } from '../../routes/destination.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { ChainPlan } from '../plan/outbound-plan.ts';
import { databaseFilters, sniDynamicForwardProxy } from './network-filters.ts';
import { buildTcpProxy, type TcpProxyOptions } from './tcp-proxy.ts';

/** The network filters of a planned chain. Source: istio `pilot/pkg/networking/core/networkfilter.go`. */
export function renderChainFilters(
  context: ListenerContext,
  listenerName: string,
  chain: ChainPlan,
): readonly ConfigFilter[] {
  const { target, service } = chain;
  switch (target.kind) {
    case 'http':
      return [
        buildConnectionManager(context, {
          listenerClass: 'sidecar-outbound',
          statPrefix: `outbound_${listenerName.toLowerCase()}`,
          routes: { name: target.routeName },
          protocol: target.protocol,
          service,
        }),
      ];
    case 'service':
      return serviceFilters(context, chain, target.port);
    case 'routes':
      return networkFilters(context, chain, routedProxy(context, chain, target));
  }
}

function serviceFilters(context: ListenerContext, chain: ChainPlan, port: number): readonly ConfigFilter[] {
  const { service } = chain;
  const { mesh } = context.view;
  const cluster = outboundName(service.hostname, port);
  const { outboundClusterStatName: pattern } = mesh.configuration;
  const statPrefix = pattern ? expandStatName(pattern, { service, port: { number: port, name: '' } }) : cluster;
  const rule = context.view.destinationRuleFor(service)?.spec;
  return networkFilters(
    context,
    chain,
    { statPrefix, destination: { cluster }, rule },
    usesDynamicForwardProxy(mesh, service) ? [sniDynamicForwardProxy(context.view, service, chain.port.number)] : [],
  );
}

/** What measures the connection comes first, what ends it last. */
function networkFilters(
  context: ListenerContext,
  { port }: ChainPlan,
  proxy: TcpProxyOptions,
  resolvers: readonly ConfigFilter[] = [],
): readonly ConfigFilter[] {
  return [
    ...context.telemetry['sidecar-outbound'].statsFilters,
    ...resolvers,
    ...databaseFilters(port.protocol, proxy.statPrefix),
    buildTcpProxy(context, proxy),
  ];
}

/** One destination, or several by weight; the first one's DestinationRule counts for all of them. */
function routedProxy(
  context: ListenerContext,
  { port }: ChainPlan,
  { routes, virtualService }: Extract<ChainPlan['target'], { kind: 'routes' }>,
): TcpProxyOptions {
  const { view } = context;
  const { outboundClusterStatName: pattern } = view.mesh.configuration;
  const [first, ...others] = routes;
  const destination = first?.destination ?? {};
  const service = view.serviceFor(destination.host ?? '');
  const rule = service && view.destinationRuleFor(service)?.spec;
  if (others.length > 0) {
    const statPrefix = `${virtualService.name}.${virtualService.namespace}`;
    return { statPrefix, destination: weightedClusters(context, routes, port.number), rule };
  }
  const { subset = '', host = '' } = destination;
  const cluster = destinationCluster(destination, service, port.number);
  const statPrefix =
    pattern && service ? expandStatName(pattern, { service: { ...service, hostname: host }, port, subset }) : cluster;
  return { statPrefix, destination: { cluster }, rule, subset };
}

function weightedClusters(
  { view }: ListenerContext,
  routes: readonly RouteDestination[],
  listenerPort: number,
): TcpProxyOptions['destination'] {
  const clusters = routes.flatMap(({ destination = {}, weight = 0 }) => {
    const service = view.serviceFor(destination.host ?? '');
    return weight > 0 ? [{ name: destinationCluster(destination, service, listenerPort), weight }] : [];
  });
  return { weightedClusters: { clusters } };
}
