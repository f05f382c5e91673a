import type { Service } from '../../model/service.ts';
import type { EgressListener, ProxyView } from '../../registry/proxy-view.ts';
import { addressForProxy } from '../../registry/service-address.ts';

/** Services by host name, as one listener reaches them. */
export type ReachableServices = ReadonlyMap<string, Service>;

/**
 * The services of a listener's port, reduced to that port and to their addresses for this proxy, by lower-case name; of
 * several with one name the last counts. Port 0 stands for all ports, and leaves the services as they are.
 */
export function reachableServices(
  view: ProxyView,
  { services }: EgressListener,
  listenerPort: number,
): ReachableServices {
  const reachable = new Map<string, Service>();
  for (const service of services) {
    if (listenerPort === 0) {
      reachable.set(service.hostname, service);
      continue;
    }
    const port = service.ports.find(({ number }) => number === listenerPort);
    if (!port) continue;
    const hostname = service.hostname.toLowerCase();
    const defaultAddress = addressForProxy(view, service);
    reachable.set(hostname, { ...service, hostname, defaultAddress, allocatedAddresses: [], ports: [port] });
  }
  return reachable;
}
