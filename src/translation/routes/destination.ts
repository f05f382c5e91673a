import type { ConsistentHashLB } from '../../model/istio/destination-rule.ts';
import type { Destination } from '../../model/istio/virtual-service.ts';
import type { Service } from '../../model/service.ts';
import { buildResourceName, type ResourceName } from '../../xds/resource-name.ts';

/** What the cluster of a destination is named for. Absent where the destination names no host. */
export type Target = ResourceName | undefined;

/** What is known of a route's destinations; gateways and waypoints name the clusters of some differently. */
export interface Destinations {
  targetOf(destination: Destination): Target;
  /** What decides over the endpoint, where the DestinationRule says so. */
  hashOf(destination: Destination): ConsistentHashLB | undefined;
}

/** What decides over the cluster of a destination that the service stands for. */
export interface DestinationService extends Pick<Service, 'ports'> {
  readonly kubernetes?: Service['kubernetes'] | undefined;
}

/**
 * The target of a destination. Without a port it is the only one that the service has here, or else the listener's.
 * A host that no service provides is kept as it is: it may be a cluster of the proxy's bootstrap.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, GetDestinationCluster.
 */
export function findTarget(
  destination: Destination,
  service: DestinationService | undefined,
  listenerPort: number,
): Target {
  const { host = '', subset = '', port } = destination;
  if (host === '') return undefined;
  const hostname = service?.kubernetes?.externalName || host;
  const number = port ? (port.number ?? 0) : (onlyPort(service) ?? listenerPort);
  return { direction: 'outbound', port: number, subset, hostname };
}

export function clusterOf(target: Target): string {
  return target ? buildResourceName(target) : 'UnknownService';
}

export function destinationCluster(...destination: Parameters<typeof findTarget>): string {
  return clusterOf(findTarget(...destination));
}

function onlyPort(service: DestinationService | undefined): number | undefined {
  return service?.ports.length === 1 ? service.ports[0]?.number : undefined;
}
