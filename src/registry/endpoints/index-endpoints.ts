import type { Endpoint } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Port, Service } from '../../model/service.ts';
import type { MeshSettings, ResourcesByKind } from '../mesh.ts';
import { expandIdentities } from '../spiffe.ts';
import { selectWorkloadEntries } from './kubernetes-endpoints.ts';
import { indexPods, type Pods } from './pods.ts';
import { listServedPorts, mergeServedPorts, type ServedPort } from './served-ports.ts';
import { groupSlices, listSliceEndpoints } from './slice-endpoints.ts';
import { convertWorkloadEntry, type Workload } from './workload.ts';

/** Where the traffic of services can go. Endpoints are listed the first time somebody asks for them. */
export interface EndpointIndex {
  endpointsOf(service: Service, port: Port): readonly Endpoint[];
  /** The ports of all entries that claim the service's host in its namespace. */
  servedPortsOf(service: Service): readonly ServedPort[];
  /**
   * Who may answer for a service: what the youngest of its entries says, and the identities of its endpoints.
   * Source: istio `pilot/pkg/model/push_context.go`, addServiceAccounts.
   */
  identitiesOf(service: Service): readonly string[];
  readonly pods: Pods;
  readonly workloadEntries: readonly Workload[];
}

interface PortEndpoints {
  readonly port: Port;
  readonly endpoints: readonly Endpoint[];
}

interface Group {
  /** In istiod's order. */
  readonly services: readonly Service[];
  served: readonly ServedPort[] | undefined;
  /** From EndpointSlices and WorkloadEntries that a Kubernetes Service selects. */
  kubernetes: readonly Endpoint[] | undefined;
  identities: readonly string[] | undefined;
  /** Of ports whose endpoints come from several places. */
  byPort: readonly PortEndpoints[];
}

/** What the index is made of. */
export interface EndpointSources {
  readonly resources: ResourcesByKind;
  readonly settings: MeshSettings;
}

/** Services of one host and namespace share their endpoints, whichever resources they come from. */
export function indexEndpoints(
  servicesByHostname: ReadonlyMap<string, readonly Service[]>,
  { resources, settings }: EndpointSources,
): EndpointIndex {
  const pods = indexPods(resources.Pod, resources.Node, settings);
  const slices = groupSlices(resources.EndpointSlice);
  const workloadEntries = resources.WorkloadEntry.filter(isHealthy).map(({ spec, metadata }) =>
    convertWorkloadEntry(spec, metadata, settings),
  );
  const entriesByNamespace = groupBy(workloadEntries, ({ namespace }) => namespace);
  const workloadsByNamespace = groupBy([...pods.workloads, ...workloadEntries], ({ namespace }) => namespace);
  const sources = {
    workloads: (namespace: string) => workloadsByNamespace.get(namespace) ?? [],
    mesh: settings,
  };

  const groups = new Map<Service, Group>();
  const findGroup = (service: Service): Group => {
    const sharing = listSharing(service, servicesByHostname.get(service.hostname) ?? []);
    const [first] = sharing;
    const group = (first && groups.get(first)) ?? createGroup(sharing);
    if (first && first !== service) groups.set(first, group);
    groups.set(service, group);
    return group;
  };
  // A service is mostly asked for several times in a row.
  let latest: Service | undefined;
  let ofLatest = createGroup([]);
  const groupOf = (service: Service): Group => {
    if (latest !== service) ofLatest = groups.get(service) ?? findGroup(service);
    latest = service;
    return ofLatest;
  };

  const servedPorts = (service: Service): readonly ServedPort[] =>
    service.origin.kind === 'ServiceEntry' ? listServedPorts(service, service.origin, sources) : [];
  const servedPortsOf = (group: Group): readonly ServedPort[] => {
    const { services } = group;
    const [only] = services;
    group.served ??= mergeServedPorts(
      only && services.length === 1 ? servedPorts(only) : services.flatMap(servedPorts),
    );
    return group.served;
  };

  const kubernetesEndpointsOf = (group: Group): readonly Endpoint[] => {
    group.kubernetes ??= group.services.flatMap((each) => {
      if (each.origin.kind !== 'Service') return [];
      const { name, namespace } = each.origin.metadata;
      return [
        ...listSliceEndpoints(slices.get(`${namespace}/${name}`) ?? [], each, pods),
        ...selectWorkloadEntries(each, each.origin, entriesByNamespace.get(namespace) ?? []),
      ];
    });
    return group.kubernetes;
  };

  return {
    pods,
    workloadEntries,
    servedPortsOf: (service) => servedPortsOf(groupOf(service)),
    endpointsOf(service, port) {
      const group = groupOf(service);
      const ofKubernetes = kubernetesEndpointsOf(group);
      const only = ofKubernetes.length === 0 ? findOnly(servedPortsOf(group), service, port) : undefined;
      if (only) return only;
      for (const listed of group.byPort) if (listed.port === port) return listed.endpoints;
      const endpoints = listEndpoints(group, service, port);
      group.byPort = [...group.byPort, { port, endpoints }];
      return endpoints;
    },
    identitiesOf(service) {
      const group = groupOf(service);
      group.identities ??= listIdentities(group, service);
      return group.identities;
    },
  };

  function listEndpoints(group: Group, service: Service, port: Port): readonly Endpoint[] {
    const ofEntries = servedPortsOf(group).filter((served) => isSame(served.port, port, service));
    const ofKubernetes = kubernetesEndpointsOf(group).filter(({ portName }) => portName === port.name);
    return [...ofEntries.flatMap(({ endpoints }) => endpoints), ...ofKubernetes];
  }

  function listIdentities(group: Group, service: Service): readonly string[] {
    if (!group.services.some(mayHaveIdentities)) return nobody;
    const last = group.services.at(-1) ?? service;
    const ofEntries = servedPortsOf(group).flatMap(({ endpoints }) => endpoints);
    const ofEndpoints = [...ofEntries, ...kubernetesEndpointsOf(group)]
      .map(({ workload }) => workload.serviceAccount)
      .filter((identity) => identity !== '');
    return expandIdentities([...ofEndpoints, ...last.subjectAltNames], settings.trustDomainAliases);
  }
}

function createGroup(services: readonly Service[]): Group {
  const kubernetes = services.some(({ origin }) => origin.kind === 'Service') ? undefined : noEndpoints;
  return { services, served: undefined, kubernetes, identities: undefined, byPort: noPorts };
}

/** Mostly, one port of one entry is all that serves a port. Undefined where several do. */
function findOnly(served: readonly ServedPort[], service: Service, port: Port): readonly Endpoint[] | undefined {
  let only: readonly Endpoint[] | undefined;
  for (const each of served) {
    if (!isSame(each.port, port, service)) continue;
    if (only) return undefined;
    only = each.endpoints;
  }
  return only ?? noEndpoints;
}

/** Spares listing the endpoints of the many services that nobody signs for. */
function mayHaveIdentities({ origin, subjectAltNames }: Service): boolean {
  if (origin.kind === 'Service' || subjectAltNames.length > 0) return true;
  const { workloadSelector, endpoints } = origin.spec;
  return workloadSelector !== undefined || (endpoints?.some(({ serviceAccount }) => serviceAccount) ?? false);
}

/**
 * Endpoints that istiod sends by EDS are found by the name of the port; elsewhere those of entries are found by its number.
 * Source: istio `pilot/pkg/model/endpointshards.go`, CopyEndpoints.
 */
function isSame(served: Port, port: Port, { resolution }: Service): boolean {
  return resolution === 'client-side' ? served.name === port.name : served.number === port.number;
}

/** Mostly a service has its host for itself. */
function listSharing({ namespace }: Service, ofHost: readonly Service[]): readonly Service[] {
  const [first] = ofHost;
  if (ofHost.length === 1 && first?.namespace === namespace) return ofHost;
  return ofHost.filter((other) => other.namespace === namespace);
}

const noEndpoints: readonly Endpoint[] = [];
const noPorts: readonly PortEndpoints[] = [];
const nobody: readonly string[] = [];

/** An agent that checks a workload's health says so by annotation, and reports in the status. */
function isHealthy({ metadata, status }: ResourcesByKind['WorkloadEntry'][number]): boolean {
  if (!/^(?:1|t|true)$/i.test(metadata.annotations['proxy.istio.io/health-checks-enabled'] ?? '')) return true;
  return status.conditions?.find(({ type }) => type === 'Healthy')?.status === 'True';
}
