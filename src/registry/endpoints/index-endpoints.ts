import type { Endpoint } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Port, Service } from '../../model/service.ts';
import type { MeshSettings, ResourcesByKind } from '../mesh.ts';
import { expandIdentities } from '../spiffe.ts';
import { selectWorkloadEntries } from './kubernetes-endpoints.ts';
import { indexPods, type Pods } from './pods.ts';
import { type Instance, listServiceEntryInstances, mergeInstances } from './service-entry-instances.ts';
import { groupSlices, listSliceEndpoints } from './slice-endpoints.ts';
import { convertWorkloadEntry, type Workload } from './workload.ts';

/** Where the traffic of services can go. Endpoints are listed the first time somebody asks for them. */
export interface EndpointIndex {
  endpointsOf(service: Service, port: Port): readonly Endpoint[];
  /** The instances of all entries that claim the service's host in its namespace. */
  instancesOf(service: Service): readonly Instance[];
  /** Who may answer for a service: what its entries say, and the identities of its endpoints. */
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
  instances?: readonly Instance[];
  /** From EndpointSlices and WorkloadEntries that a Kubernetes Service selects. */
  kubernetes?: readonly Endpoint[];
  identities?: readonly string[];
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
    const group = (first && groups.get(first)) ?? { services: sharing, byPort: noPorts };
    if (first) groups.set(first, group);
    groups.set(service, group);
    return group;
  };
  const groupOf = (service: Service): Group => groups.get(service) ?? findGroup(service);

  const instancesOf = (service: Service): readonly Instance[] => {
    const group = groupOf(service);
    group.instances ??= mergeInstances(listInstances(group.services));
    return group.instances;
  };

  function listInstances(sharing: readonly Service[]): readonly Instance[] {
    const lists = sharing.map((service) =>
      service.origin.kind === 'ServiceEntry' ? listServiceEntryInstances(service, service.origin, sources) : [],
    );
    return lists.length === 1 && lists[0] ? lists[0] : lists.flat();
  }

  const kubernetesEndpointsOf = (service: Service): readonly Endpoint[] => {
    const group = groupOf(service);
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
    instancesOf,
    endpointsOf(service, port) {
      const group = groupOf(service);
      for (const listed of group.byPort) if (listed.port === port) return listed.endpoints;
      const endpoints = listEndpoints(service, port);
      group.byPort = [...group.byPort, { port, endpoints }];
      return endpoints;
    },
    identitiesOf(service) {
      const group = groupOf(service);
      group.identities ??= listIdentities(service, group.services);
      return group.identities.length > 0 ? group.identities : service.subjectAltNames;
    },
  };

  function listEndpoints(service: Service, port: Port): readonly Endpoint[] {
    const namesOnly = isSentEndpoints(service);
    const ofEntries = instancesOf(service)
      .filter(({ port: served }) => (namesOnly ? served.name === port.name : served.number === port.number))
      .map(({ endpoint }) => endpoint);
    const ofKubernetes = kubernetesEndpointsOf(service).filter(({ portName }) => portName === port.name);
    return ofKubernetes.length === 0 ? ofEntries : [...ofEntries, ...ofKubernetes];
  }

  function listIdentities(service: Service, sharing: readonly Service[]): readonly string[] {
    if (!sharing.some(mayHaveIdentities)) return nobody;
    const last = sharing.at(-1) ?? service;
    const ofEndpoints = [...instancesOf(service).map(({ endpoint }) => endpoint), ...kubernetesEndpointsOf(service)]
      .map(({ serviceAccount }) => serviceAccount)
      .filter((identity) => identity !== '');
    return expandIdentities([...ofEndpoints, ...last.subjectAltNames], settings.trustDomainAliases);
  }
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
function isSentEndpoints({ resolution }: Service): boolean {
  return resolution === 'client-side';
}

/** Mostly a service has its host for itself. */
function listSharing({ namespace }: Service, ofHost: readonly Service[]): readonly Service[] {
  const [first] = ofHost;
  if (ofHost.length === 1 && first?.namespace === namespace) return ofHost;
  return ofHost.filter((other) => other.namespace === namespace);
}

const noPorts: readonly PortEndpoints[] = [];
const nobody: readonly string[] = [];

/** An agent that checks a workload's health says so by annotation, and reports in the status. */
function isHealthy({ metadata, status }: ResourcesByKind['WorkloadEntry'][number]): boolean {
  if (!/^(?:1|t|true)$/i.test(metadata.annotations['proxy.istio.io/health-checks-enabled'] ?? '')) return true;
  return status.conditions?.find(({ type }) => type === 'Healthy')?.status === 'True';
}
