import type { Destination } from '../../../model/istio/virtual-service.ts';
import { isHttpOrSniffed } from '../../../model/protocol.ts';
import type { Port } from '../../../model/service.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import { clusterOf, type Target } from '../destination.ts';

/**
 * The target of a route's destination: of the waypoint's own services the one that it balances itself, of others the one
 * that any client has. A host that no service provides is taken for one of its own.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, getWaypointDestinationCluster.
 */
export function findWaypointTarget(view: WaypointView, destination: Destination, listenerPort: number): Target {
  const { host = '', subset = '', port } = destination;
  if (host === '') return undefined;
  const service = view.serviceFor(host);
  const only = service?.ports.length === 1 ? service.ports[0] : undefined;
  const number = port ? (port.number ?? 0) : (only?.number ?? listenerPort);
  if (service && !view.isAttached(service.hostname)) {
    return { direction: 'outbound', port: number, subset, hostname: host };
  }
  const traffic = trafficOf(service?.ports.find((known) => known.number === number));
  const named = subset === '' ? traffic : `${traffic}/${subset}`;
  return { direction: 'inbound-vip', port: number, subset: named, hostname: host };
}

export function waypointCluster(...destination: Parameters<typeof findWaypointTarget>): string {
  return clusterOf(findWaypointTarget(...destination));
}

/** A port that is not known is taken for HTTP. */
function trafficOf(port: Port | undefined): 'http' | 'tcp' {
  return !port || isHttpOrSniffed(port.protocol) ? 'http' : 'tcp';
}
