import type { Endpoint, EndpointWorkload } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import type { Service } from '../../model/service.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { addressesForProxy } from '../../registry/service-address.ts';
import type { NameInfo, NameTable } from '../../xds/snapshot.ts';

/** What one service adds to the table. */
interface Names extends Pick<Service, 'hostname' | 'namespace' | 'name' | 'registry'> {
  /** Of its own name; none for a service that the proxy does not answer for. */
  readonly ips: readonly string[];
  /** Of its pods, by their names. */
  readonly pods: readonly (readonly [string, NameInfo])[];
}

/**
 * What the agent's DNS proxy answers by itself: the addresses of services, and those of the pods of headless ones.
 * Source: istio `pkg/dns/server/name_table.go`.
 */
export function buildNameTable(view: ProxyView): NameTable {
  const { memory, egressListeners } = view;
  const lists = egressListeners.map(({ services }, index) =>
    memory.collect<Service, Names>(`names ${index}`, services, (all, service) => {
      const { ips, pods } = listAddresses(service, view);
      if (ips.length === 0 && pods.length === 0) return;
      const { namespace, hostname, name, registry, defaultAddress } = service;
      const names = { hostname, namespace, name, registry, ips, pods };
      all.push(memory.settle(`names ${index} ${namespace} ${hostname} ${defaultAddress}`, names));
    }),
  );
  return memory.once('name table', lists, () => {
    const table: Table = new Map();
    for (const names of lists) for (const one of names) addNames(table, one);
    return { table: Object.fromEntries(table) };
  });
}

type Table = Map<string, NameInfo>;

function addNames(table: Table, names: Names): void {
  const { ips, pods, hostname, registry } = names;
  for (const [name, info] of pods) table.set(name, info);
  if (ips.length === 0) return;
  const known = table.get(hostname);
  if (!known || (known.registry !== 'Kubernetes' && registry === 'Kubernetes')) {
    table.set(hostname, describe(names, ips));
  } else if (known.registry !== 'Kubernetes') {
    table.set(hostname, { ...known, ips: [...known.ips, ...ips] });
  }
}

/** The agent itself completes the short forms of Kubernetes' names. */
function describe({ registry, namespace, name }: Names, ips: readonly string[]): NameInfo {
  return registry === 'Kubernetes' ? { ips, registry, namespace, shortname: name } : { ips, registry };
}

function listAddresses(service: Service, view: ProxyView): Pick<Names, 'ips' | 'pods'> {
  const addresses = addressesForProxy(view, service);
  if (!addresses.includes('0.0.0.0')) return { ips: addresses.filter(isIpAddress), pods: nothing.pods };
  return service.resolution === 'passthrough' ? listEndpoints(service, view) : nothing;
}

const nothing: Pick<Names, 'ips' | 'pods'> = { ips: [], pods: [] };

/** A headless service's name stands for all its endpoints, and each pod has a name under it. */
function listEndpoints(service: Service, view: ProxyView): Pick<Names, 'ips' | 'pods'> {
  const [firstPort] = service.ports;
  if (!firstPort) return nothing;
  const endpoints = view.mesh
    .endpointsOf(service, firstPort)
    .filter((endpoint) => isKnownByName(endpoint, service) && isInNetwork(endpoint, view));
  return { ips: endpoints.flatMap(({ workload }) => workload.addresses), pods: listPods(service, view, endpoints) };
}

function isKnownByName({ workload: { addresses, health } }: Endpoint, { kubernetes }: Service): boolean {
  if (addresses.length === 0 || !addresses.every(isIpAddress)) return false;
  return health === 'healthy' || (kubernetes?.publishNotReadyAddresses ?? false);
}

/** An unknown network on either side is the same network. */
function isInNetwork({ workload: { network } }: Endpoint, { proxy }: ProxyView): boolean {
  return network === '' || proxy.network === '' || network === proxy.network;
}

/** `hostname.subdomain.namespace.svc.cluster.local`; pods of the proxy's own cluster come before those of others. */
function listPods(
  { hostname, namespace, registry }: Service,
  view: ProxyView,
  endpoints: readonly Endpoint[],
): Names['pods'] {
  const dot = hostname.indexOf('.');
  if (dot < 0) return [];
  const named = endpoints.map(({ workload }) => workload).filter(({ subDomain }) => subDomain !== '');
  const isLocal = ({ clusterId }: EndpointWorkload): boolean => clusterId === view.proxy.clusterId;
  const byName = groupBy(named, ({ hostName, subDomain }) => `${hostName}.${subDomain}`);
  return [...byName].map(([shortname, pods]) => {
    const local = pods.filter(isLocal);
    const ips = (local.length > 0 ? local : pods).flatMap(({ addresses }) => addresses);
    return [`${shortname}${hostname.slice(dot)}`, { ips, registry, namespace, shortname }];
  });
}
