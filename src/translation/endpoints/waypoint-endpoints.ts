import type { Endpoint } from '../../model/endpoint.ts';
import type { Port, Service } from '../../model/service.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { indexIngressWaypoints } from '../../registry/waypoints/ingress-waypoint.ts';
import { joinHostPort } from '../../xds/address.ts';

export interface WaypointEndpoints {
  readonly endpoints: readonly Endpoint[];
  /** What the waypoint is asked to connect to: the service, by its address. */
  readonly destination: string;
}

/** Absent where connections to a port of a service go to its own endpoints. */
export type FindWaypoint = (service: Service, port: Port) => WaypointEndpoints | undefined;

/** Where every waypoint accepts tunnels. */
const tunnelPort = 15_008;

/**
 * Gateways send what is for a service with a waypoint there, if they are asked to. Sidecars never do: they have applied
 * the service's policies already. Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, findServiceWaypoint.
 */
export function indexWaypointEndpoints(view: ProxyView): FindWaypoint {
  const { mesh, proxy } = view;
  if (proxy.type !== 'router' || !mesh.features.ambient) return () => undefined;
  const waypointOf = indexIngressWaypoints(mesh);
  return (service, port) => {
    const address = addressOf(service);
    const hostname = address === undefined ? undefined : waypointOf(service);
    if (address === undefined || hostname === undefined) return undefined;
    const waypoint = view.serviceFor(hostname);
    const accepting = waypoint?.ports.find(({ number }) => number === tunnelPort);
    const endpoints = waypoint && accepting ? mesh.endpointsOf(waypoint, accepting) : [];
    return { endpoints, destination: joinHostPort(address, port.number) };
  };
}

/** Waypoints know services by their addresses: one without any cannot be asked for. */
function addressOf({ registry, addresses, defaultAddress, allocatedAddresses }: Service): string | undefined {
  const [clusterIp] = registry === 'Kubernetes' ? addresses : [];
  if (clusterIp !== undefined) return clusterIp;
  return defaultAddress !== '0.0.0.0' || allocatedAddresses.length > 0 ? defaultAddress : undefined;
}
