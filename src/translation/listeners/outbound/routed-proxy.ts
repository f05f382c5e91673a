import type { RouteDestination } from '../../../model/istio/virtual-service.ts';
import type { Metadata } from '../../../model/resource.ts';
import type { Port } from '../../../model/service.ts';
import { expandStatName } from '../../../model/stat-name.ts';
import { destinationCluster } from '../../routes/destination.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { TcpProxyOptions } from './tcp-proxy.ts';

export interface RoutedConnections {
  readonly routes: readonly RouteDestination[];
  /** Of the listener: its number stands for that of a destination that names none. */
  readonly port: Port;
  readonly virtualService: Metadata;
}

/**
 * One destination, or several by weight; the first one's DestinationRule counts for all of them.
 * Source: istio `pilot/pkg/networking/core/networkfilter.go`, buildOutboundNetworkFilters.
 */
export function planRoutedProxy(
  context: ListenerContext,
  { routes, port, virtualService }: RoutedConnections,
): TcpProxyOptions {
  const { view } = context;
  const { outboundClusterStatName: pattern } = view.mesh.configuration;
  const [first] = routes;
  const destination = first?.destination ?? {};
  const known = view.knownByName.get(destination.host ?? '');
  const service = known?.service;
  const rule = known?.outboundRule?.spec;
  if (routes.length > 1) {
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
