import { isWildcard } from '../../../model/hostname.ts';
import type { Port, Service } from '../../../model/service.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { buildConnectionManager } from '../../http/connection-manager.ts';
import { waypointCluster } from '../../routes/waypoint/waypoint-destination.ts';
import { buildWaypointRouteConfiguration } from '../../routes/waypoint/waypoint-route-configuration.ts';
import { waypointTcpRoutes } from '../../routes/waypoint/waypoint-tcp-routes.ts';
import { inboundStatPrefix } from '../inbound/inbound-stat-prefix.ts';
import { connectionMetadataExchange } from '../inbound/metadata-exchange.ts';
import { databaseFilters, sniDynamicForwardProxy } from '../outbound/network-filters.ts';
import { buildTcpProxy, type TcpProxyOptions } from '../outbound/tcp-proxy.ts';
import type { WaypointContext } from './waypoint-context.ts';

/** What one chain of a waypoint is for. */
export interface WaypointTraffic {
  /** Where its traffic goes by default. */
  readonly cluster: string;
  readonly port: Port;
  /** Absent for traffic to single workloads. */
  readonly service?: Service;
}

/** Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInboundHTTPFilters. */
export function waypointHttpFilters(context: WaypointContext, traffic: WaypointTraffic): readonly ConfigFilter[] {
  const { port, service } = traffic;
  return [
    buildConnectionManager(context, {
      listenerClass: 'waypoint',
      statPrefix: `inbound_0.0.0.0_${port.number}`,
      routes: { inline: frozen(buildWaypointRouteConfiguration(context.routes, traffic)) },
      protocol: port.protocol,
      ...(service && { service }),
    }),
  ];
}

/** Source: as above, buildWaypointNetworkFilters. */
export function waypointTcpFilters(context: WaypointContext, traffic: WaypointTraffic): readonly ConfigFilter[] {
  const { port, service } = traffic;
  // istiod names every service here as it names those of Kubernetes.
  const subject = service ? ({ ...service, registry: 'Kubernetes' } as const) : nobody;
  const statPrefix = inboundStatPrefix(context, { ...traffic, subject });
  const proxy = service ? planProxy(context, traffic, service) : { destination: { cluster: traffic.cluster } };
  const looksUpName = service?.resolution === 'dynamic-dns' && isWildcard(proxy.destinationHost ?? '');
  const { destinationHost: _, ...options } = proxy;
  return [
    connectionMetadataExchange,
    ...context.telemetry.waypoint.statsFilters,
    ...(looksUpName ? [sniDynamicForwardProxy(context.view, service, port.number)] : []),
    ...databaseFilters(port.protocol, statPrefix),
    buildTcpProxy(context, { ...options, statPrefix, listenerClass: 'waypoint' }),
  ];
}

const nobody = { hostname: '', name: '', namespace: '', registry: 'External' } as const;

interface ProxyPlan extends Omit<TcpProxyOptions, 'statPrefix' | 'listenerClass'> {
  readonly destinationHost?: string;
}

/** The DestinationRule is the first destination's, of a single destination with its subset. */
function planProxy({ view }: WaypointContext, { cluster, port }: WaypointTraffic, service: Service): ProxyPlan {
  const routes = waypointTcpRoutes(view, service, port.number);
  const [first, ...others] = routes;
  const destinationHost = first ? (first.destination?.host ?? '') : service.hostname;
  const target = view.serviceFor(destinationHost);
  const rule = target && view.destinationRuleFor(target)?.spec;
  if (!first) return { destination: { cluster }, rule, destinationHost };
  const clusterOf = (destination = {}): string => waypointCluster(view, destination, port.number);
  if (others.length === 0) {
    const subset = first.destination?.subset ?? '';
    return { destination: { cluster: clusterOf(first.destination) }, rule, subset, destinationHost };
  }
  const clusters = routes.flatMap(({ destination, weight = 0 }) =>
    weight > 0 ? [{ name: clusterOf(destination), weight }] : [],
  );
  return { destination: { weightedClusters: { clusters } }, rule, destinationHost };
}
