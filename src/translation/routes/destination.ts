import type { ConsistentHashLB } from '../../model/istio/destination-rule.ts';
import type { Destination } from '../../model/istio/virtual-service.ts';
import type { Service } from '../../model/service.ts';
import { outboundName } from '../../xds/resource-name.ts';

/** What is known of a route's destinations; gateways and waypoints name the clusters of some differently. */
export interface Destinations {
  clusterOf(destination: Destination): string;
  /** What decides over the endpoint, where the DestinationRule says so. */
  hashOf(destination: Destination): ConsistentHashLB | undefined;
}

/**
 * The cluster of a destination. Without a port it is the only one that the service has here, or else the listener's.
 * A host that no service provides is kept as it is: it may be a cluster of the proxy's bootstrap.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, GetDestinationCluster.
 */
export function destinationCluster(
  destination: Destination,
  service: Service | undefined,
  listenerPort: number,
): string {
  const { host = '', subset = '', port } = destination;
  if (host === '') return 'UnknownService';
  const hostname = service?.kubernetes?.externalName || host;
  return outboundName(hostname, port ? (port.number ?? 0) : (onlyPort(service) ?? listenerPort), subset);
}

function onlyPort(service: Service | undefined): number | undefined {
  return service?.ports.length === 1 ? service.ports[0]?.number : undefined;
}
