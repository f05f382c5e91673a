import type { Endpoint } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Ingredients, Memory } from '../../model/memory.ts';
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
  /**
   * The service with the identities of who may answer for it: what its entries say, and those of its endpoints. A service
   * whose endpoints may be others than in an earlier version is another one, too.
   */
  identify(service: Service): Service;
  /** An identified service is another one where it shares its host with others, or finds other endpoints. */
  readonly identification: Ingredients<Service>;
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
  readonly byPort: PortEndpoints[];
}

/** What the index is made of. */
export interface EndpointSources {
  readonly resources: ResourcesByKind;
  readonly settings: MeshSettings;
  readonly memory: Memory;
}

/** Services of one host and namespace share their endpoints, whichever resources they come from. */
export function indexEndpoints(
  services: readonly Service[],
  { resources, settings, memory }: EndpointSources,
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

  const groupsByService = new Map<Service, Group>();
  const groups: ReadonlyMap<string, Group> = memory.group('services by namespace and host', services, {
    keyOf,
    make: (sharing) => {
      const group: Group = { services: sharing, byPort: [] };
      for (const service of sharing) groupsByService.set(service, group);
      return group;
    },
  });
  const findGroup = (service: Service): Group => {
    const group = groups.get(keyOf(service)) ?? { services: [], instances: [], kubernetes: [], byPort: [] };
    groupsByService.set(service, group);
    return group;
  };
  const groupOf = (service: Service): Group => groupsByService.get(service) ?? findGroup(service);
  let members: readonly Service[] | undefined;
  const membersOf = (keys: ReadonlySet<string>): readonly Service[] => {
    members ??= [...keys].flatMap((key) => groups.get(key)?.services ?? []);
    return members;
  };

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
      const { byPort } = groupOf(service);
      const known = byPort.find((listed) => listed.port === port);
      if (known) return known.endpoints;
      const endpoints = listEndpoints(service, port);
      byPort.push({ port, endpoints });
      return endpoints;
    },
    identification: {
      of: (service) => [groupOf(service)],
      lookups: { in: [groups], asksFor: (service, keys) => membersOf(keys).includes(service) },
    },
    identify(service) {
      const { services: sharing } = groupOf(service);
      const subjectAltNames = identitiesOf(service, sharing);
      if (subjectAltNames.length > 0) return { ...service, subjectAltNames };
      return sharing.length > 1 && memory.remembers ? { ...service } : service;
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

  function identitiesOf(service: Service, sharing: readonly Service[]): readonly string[] {
    if (!sharing.some(mayHaveIdentities)) return [];
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

function keyOf({ namespace, hostname }: Service): string {
  return `${namespace}/${hostname}`;
}

/** An agent that checks a workload's health says so by annotation, and reports in the status. */
function isHealthy({ metadata, status }: ResourcesByKind['WorkloadEntry'][number]): boolean {
  if (!/^(?:1|t|true)$/i.test(metadata.annotations['proxy.istio.io/health-checks-enabled'] ?? '')) return true;
  return status.conditions?.find(({ type }) => type === 'Healthy')?.status === 'True';
}
