import type { Destination } from '../../../model/istio/virtual-service.ts';
import { isHttpOrSniffed } from '../../../model/protocol.ts';
import type { Port } from '../../../model/service.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import { buildResourceName, outboundName } from '../../../xds/resource-name.ts';

/**
 * The cluster of a route's destination: of the waypoint's own services the one that it balances itself, of others the one
 * that any client has. A host that no service provides is taken for one of its own.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, getWaypointDestinationCluster.
 */
export function waypointCluster(view: WaypointView, destination: Destination, listenerPort: number): string {
  const { host = '', subset = '', port: named } = destination;
  if (host === '') return 'UnknownService';
  const service = view.serviceFor(host);
  const only = service?.ports.length === 1 ? service.ports[0] : undefined;
  const number = named ? (named.number ?? 0) : (only?.number ?? listenerPort);
  if (service && !view.isAttached(service.hostname)) return outboundName(host, number, subset);
  const traffic = trafficOf(service?.ports.find((port) => port.number === number));
  return buildResourceName({
    direction: 'inbound-vip',
    port: number,
    subset: subset === '' ? traffic : `${traffic}/${subset}`,
    hostname: host,
  });
}

/** A port that is not known is taken for HTTP. */
function trafficOf(port: Port | undefined): 'http' | 'tcp' {
  return !port || isHttpOrSniffed(port.protocol) ? 'http' : 'tcp';
}
