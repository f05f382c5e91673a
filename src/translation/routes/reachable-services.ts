import { HostOverlaps } from '../../model/host-overlaps.ts';
import { isHttpOrSniffed } from '../../model/protocol.ts';
import type { Port, Service } from '../../model/service.ts';
import type { EgressListener, ProxyView } from '../../registry/proxy-view.ts';
import { addressesForProxy, addressForProxy } from '../../registry/service-address.ts';
import type { DestinationService } from './destination.ts';
import type { ListenerIndex } from './listener-index.ts';

/** A service as one listener reaches it. */
export interface ReachableService extends DestinationService {
  readonly service: Service;
  /** In lower case where the listener is for one port. */
  readonly hostname: string;
  /** Those of the listener whose requests Envoy sees. */
  readonly httpPorts: readonly Port[];
  /** At which the proxy knows it; none where it has none of its own. */
  readonly addresses: readonly string[];
}

/** All services that one listener reaches. */
export interface ReachableServices {
  /** Each host name once. */
  readonly services: readonly ReachableService[];
  readonly byHost: ReadonlyMap<string, ReachableService>;
  /** Those whose name a wildcard covers, or the other way round, in their order. */
  overlapping(wildcard: string): readonly ReachableService[];
}

export interface ReachOptions {
  readonly listener: EgressListener;
  readonly index: ListenerIndex;
  /** 0 stands for all ports, and leaves the services as they are. */
  readonly listenerPort: number;
  readonly purpose: string;
}

/**
 * The services of a listener's port, reduced to that port and to their addresses for this proxy, by lower-case name; of
 * several with one name the last counts.
 */
export function reachableServices(
  view: ProxyView,
  { listener, index, listenerPort, purpose }: ReachOptions,
): ReachableServices {
  const { memory } = view;
  const all = listenerPort === 0 ? listener.services : (index.servicesByPort.get(String(listenerPort)) ?? nothing);
  const services = memory.mapEach(`services ${purpose}`, all, (service) =>
    listenerPort === 0 ? reachAllPorts(view, service) : reachPort(view, service, listenerPort),
  );
  return memory.once(`reachable services ${purpose}`, [services], () =>
    indexByHost(services, memory.index(`reachable services ${purpose}`, services, hostnameOf)),
  );
}

const hostnameOf = ({ hostname }: ReachableService): string => hostname;

function reachAllPorts(view: ProxyView, service: Service): ReachableService {
  const { hostname, ports, kubernetes } = service;
  const httpPorts = ports.filter(({ protocol }) => isHttpOrSniffed(protocol));
  const addresses = withoutUnspecified(addressesForProxy(view, service));
  return { service, hostname, ports, httpPorts, addresses, kubernetes };
}

/** Of ports with one number the first counts; a VIP that was allocated stands in for the address. */
function reachPort(view: ProxyView, service: Service, listenerPort: number): ReachableService {
  const { kubernetes } = service;
  const port = service.ports.find(({ number }) => number === listenerPort);
  const ports = port ? (service.ports.length === 1 ? service.ports : [port]) : noPorts;
  return {
    service,
    hostname: service.hostname.toLowerCase(),
    ports,
    httpPorts: port && isHttpOrSniffed(port.protocol) ? ports : noPorts,
    addresses: addressesOfPort(view, service),
    kubernetes,
  };
}

/** Only Kubernetes services have addresses besides the one that connections go to. */
function addressesOfPort(view: ProxyView, service: Service): readonly string[] {
  const { registry, addresses } = service;
  const defaultAddress = addressForProxy(view, service);
  if (registry !== 'Kubernetes') return isUnspecified(defaultAddress) ? noAddresses : [defaultAddress];
  const addressed = { registry, addresses, defaultAddress, allocatedAddresses: noAddresses };
  return withoutUnspecified(addressesForProxy(view, addressed));
}

function withoutUnspecified(addresses: readonly string[]): readonly string[] {
  return addresses.every(isUnspecified) ? noAddresses : addresses.filter((address) => !isUnspecified(address));
}

function isUnspecified(address: string): boolean {
  return address === '' || address === '0.0.0.0';
}

function indexByHost(all: readonly ReachableService[], byHost: ReachableServices['byHost']): ReachableServices {
  const services = byHost.size === all.length ? all : [...new Set(all.map(({ hostname }) => findIn(byHost, hostname)))];
  let overlaps: HostOverlaps | undefined;
  return {
    services,
    byHost,
    overlapping(wildcard) {
      overlaps ??= new HostOverlaps(services.map(hostnameOf));
      return overlaps.find(wildcard).map((host) => findIn(byHost, host));
    },
  };
}

function findIn(byHost: ReachableServices['byHost'], hostname: string): ReachableService {
  return byHost.get(hostname) as ReachableService;
}

const nothing: readonly Service[] = [];
const noPorts: readonly Port[] = [];
const noAddresses: readonly string[] = [];
