import { HostOverlaps } from '../../model/host-overlaps.ts';
import type { Grouping } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';
import type { EgressListener, ProxyView } from '../../registry/proxy-view.ts';
import { addressForProxy } from '../../registry/service-address.ts';
import type { ListenerIndex } from './listener-index.ts';

/** Services as one listener reaches them. */
export interface ReachableServices {
  readonly byHost: ReadonlyMap<string, Service>;
  /** Those whose name a wildcard covers, or the other way round, in their order. */
  overlapping(wildcard: string): readonly Service[];
}

/**
 * The services of a listener's port, reduced to that port and to their addresses for this proxy, by lower-case name; of
 * several with one name the last counts. Port 0 stands for all ports, and leaves the services as they are.
 */
export function reachableServices(
  view: ProxyView,
  {
    listener,
    index,
    purpose,
  }: { readonly listener: EgressListener; readonly index: ListenerIndex; readonly purpose: string },
  listenerPort: number,
): ReachableServices {
  const { memory } = view;
  if (listenerPort === 0) {
    return memory.once(`reachable services ${purpose}`, [listener.services], () =>
      indexByHost(new Map(listener.services.map((service) => [service.hostname, service]))),
    );
  }
  const services = memory.mapEach(
    `services ${purpose}`,
    index.servicesByPort.get(listenerPort) ?? nothing,
    (service) => {
      const ports = service.ports.filter(({ number }) => number === listenerPort).slice(0, 1);
      const hostname = service.hostname.toLowerCase();
      const defaultAddress = addressForProxy(view, service);
      return { ...service, hostname, defaultAddress, allocatedAddresses: [], ports };
    },
  );
  return memory.once(`reachable services ${purpose}`, [services], () =>
    indexByHost(memory.group(`reachable services ${purpose}`, services, lastOfHost)),
  );
}

const lastOfHost: Grouping<Service, Service> = {
  keyOf: ({ hostname }) => hostname,
  make: (sharing) => sharing.at(-1) as Service,
};

function indexByHost(byHost: ReadonlyMap<string, Service>): ReachableServices {
  let overlaps: HostOverlaps | undefined;
  return {
    byHost,
    overlapping(wildcard) {
      overlaps ??= new HostOverlaps([...byHost.keys()]);
      return overlaps.find(wildcard).flatMap((host) => byHost.get(host) ?? []);
    },
  };
}

const nothing: readonly Service[] = [];
