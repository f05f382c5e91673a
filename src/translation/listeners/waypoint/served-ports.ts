import { isWildcard } from '../../../model/hostname.ts';
import { isHttp, isSniffed, isTls } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';

/** A port of a service that the waypoint takes traffic for. */
export interface ServedPort {
  readonly service: Service;
  readonly port: Port;
  /** Whether it looks into the traffic, leaves it as bytes, or has to find out. */
  readonly traffic: 'http' | 'tcp' | 'sniffed';
}

export function listServedPorts(view: WaypointView, service: Service): readonly ServedPort[] {
  return service.ports
    .filter((port) => isServed(view, service, port))
    .map((port) => ({ service, port, traffic: trafficOf(port) }));
}

/** What TLS names under a wildcard would have to be looked up, which istiod must be told to want. */
function isServed({ mesh }: WaypointView, { hostname, resolution }: Service, { protocol }: Port): boolean {
  if (protocol === 'UDP') return false;
  const looksUpNames = isTls(protocol) && isWildcard(hostname) && resolution === 'dynamic-dns';
  return !looksUpNames || mesh.features.wildcardTlsServiceEntries;
}

function trafficOf({ protocol }: Port): ServedPort['traffic'] {
  if (isSniffed(protocol)) return 'sniffed';
  return isHttp(protocol) ? 'http' : 'tcp';
}
