import type { Endpoint } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import type { Service } from '../../model/service.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { addressesForProxy } from '../../registry/service-address.ts';
import type { NameInfo, NameTable } from '../../xds/snapshot.ts';

/**
 * What the agent's DNS proxy answers by itself: the addresses of services, and those of the pods of headless ones.
 * Source: istio `pkg/dns/server/name_table.go`.
 */
export function buildNameTable(view: ProxyView): NameTable {
  const table = new Map<string, NameInfo>();
  for (const { services } of view.egressListeners) {
    for (const service of services) addService(table, service, view);
  }
  return { table: Object.fromEntries(table) };
}

type Table = Map<string, NameInfo>;

function addService(table: Table, service: Service, view: ProxyView): void {
  const ips = listAddresses(table, service, view);
  if (ips.length === 0) return;
  const known = table.get(service.hostname);
  if (!known || (known.registry !== 'Kubernetes' && service.registry === 'Kubernetes')) {
    table.set(service.hostname, describe(service, ips));
  } else if (known.registry !== 'Kubernetes') {
    table.set(service.hostname, { ...known, ips: [...known.ips, ...ips] });
  }
}

/** The agent itself completes the short forms of Kubernetes' names. */
function describe({ registry, namespace, name }: Service, ips: readonly string[]): NameInfo {
  return registry === 'Kubernetes' ? { ips, registry, namespace, shortname: name } : { ips, registry };
}

function listAddresses(table: Table, service: Service, view: ProxyView): readonly string[] {
  const addresses = addressesForProxy(view, service);
  if (!addresses.includes('0.0.0.0')) return addresses.filter(isIpAddress);
  return service.resolution === 'passthrough' ? listEndpoints(table, service, view) : [];
}

/** A headless service's name stands for all its endpoints, and each pod has a name under it. */
function listEndpoints(table: Table, service: Service, view: ProxyView): readonly string[] {
  const [firstPort] = service.ports;
  if (!firstPort) return [];
  const endpoints = view.mesh
    .endpointsOf(service, firstPort)
    .filter((endpoint) => isKnownByName(endpoint, service) && isInNetwork(endpoint, view));
  addPods(table, service, { view, endpoints });
  return endpoints.flatMap(({ addresses }) => addresses);
}

function isKnownByName({ addresses, health }: Endpoint, { kubernetes }: Service): boolean {
  if (addresses.length === 0 || !addresses.every(isIpAddress)) return false;
  return health === 'healthy' || (kubernetes?.publishNotReadyAddresses ?? false);
}

/** An unknown network on either side is the same network. */
function isInNetwork({ network }: Endpoint, { proxy }: ProxyView): boolean {
  return network === '' || proxy.network === '' || network === proxy.network;
}

/** `hostname.subdomain.namespace.svc.cluster.local`; pods of the proxy's own cluster come before those of others. */
function addPods(
  table: Table,
  { hostname, namespace, registry }: Service,
  { view, endpoints }: { readonly view: ProxyView; readonly endpoints: readonly Endpoint[] },
): void {
  const dot = hostname.indexOf('.');
  if (dot < 0) return;
  const named = endpoints.filter(({ subDomain }) => subDomain !== '');
  const isLocal = ({ clusterId }: Endpoint): boolean => clusterId === view.proxy.clusterId;
  const byName = groupBy(named, ({ hostName, subDomain }) => `${hostName}.${subDomain}`);
  for (const [shortname, pods] of byName) {
    const local = pods.filter(isLocal);
    const ips = (local.length > 0 ? local : pods).flatMap(({ addresses }) => addresses);
    table.set(`${shortname}${hostname.slice(dot)}`, { ips, registry, namespace, shortname });
  }
}
