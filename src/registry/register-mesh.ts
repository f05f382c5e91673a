import type { Report } from '../model/diagnostic.ts';
import { forgetful, type Memory } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import { type AddressedEntry, describeAllocation, unaddressed } from './allocation/addressed-entry.ts';
import { allocateByHash } from './allocation/hash-allocator.ts';
import { allocateAddresses } from './allocation/stateful-allocator.ts';
import { indexEndpoints } from './endpoints/index-endpoints.ts';
import { groupResources } from './group-resources.ts';
import type { Allocation, Mesh, MeshSettings, ResourcesByKind } from './mesh.ts';
import { compareByCreation } from './order.ts';
import { convertKubernetesService } from './services/convert-kubernetes-service.ts';
import { addServices, prepareConversion } from './services/convert-service-entry.ts';
import { groupByHost } from './services/group-by-host.ts';
import { compareServices } from './services/order-services.ts';
import { reportTies } from './services/report-ties.ts';
import { resolveAliases } from './services/resolve-aliases.ts';
import { indexNamespaces, readTrafficDistribution } from './services/traffic-distribution.ts';
import { findTargets, groupTargetCandidates, type TargetCandidates } from './targets/find-targets.ts';
import { findWorkloadLabels } from './targets/workload-labels.ts';
import { reportWaypoints } from './waypoints/report-waypoints.ts';
import { indexTunnels } from './waypoints/tunnels.ts';

/** Makes the mesh of the accepted resources: its services with their addresses, and indexes of what belongs to them. */
export function registerMesh(
  accepted: readonly Resource[],
  settings: MeshSettings,
  report: Report,
  memory: Memory = forgetful(report),
): Mesh {
  const resources = groupResources(accepted, memory);
  const registration: Registration = { resources, settings, report, memory };
  const addressed = allocate(registration);
  const { services, servicesByHostname } = groupByHost(convertServices(registration, addressed), memory);
  if (servicesByHostname.size < services.length) reportTies(services, report);
  if (settings.features.ambient) reportWaypoints(resources, report);
  const endpoints = indexEndpoints(servicesByHostname, registration);
  // A proxy that says it runs in another cluster has neither pod nor Kubernetes Services in this one.
  const isHere = ({ clusterId }: Proxy): boolean => clusterId === settings.clusterId;
  let allocation: Allocation | undefined;
  let candidates: TargetCandidates | undefined;
  // Field by field: what begins as a copy is laid out anew each time, and all that asks it would be compiled again.
  return {
    configuration: settings.configuration,
    defaultProxyConfig: settings.defaultProxyConfig,
    rootNamespace: settings.rootNamespace,
    trustDomain: settings.trustDomain,
    trustDomainAliases: settings.trustDomainAliases,
    clusterId: settings.clusterId,
    features: settings.features,
    profile: settings.profile,
    resources,
    services,
    servicesByHostname,
    endpointsOf: endpoints.endpointsOf,
    identitiesOf: endpoints.identitiesOf,
    acceptsTunnel: indexTunnels({ ...settings, resources }),
    targetsOf(proxy, ofProxy) {
      candidates ??= groupTargetCandidates(services, memory);
      const { profile } = settings;
      return findTargets(proxy, { candidates, endpoints, isHere: isHere(proxy), profile, memory: ofProxy });
    },
    workloadLabelsOf: (proxy) => (isHere(proxy) ? findWorkloadLabels(proxy, endpoints) : undefined),
    allocatedAddresses() {
      allocation ??= describeAllocation(addressed);
      return allocation;
    },
    report,
    memory,
  };
}

/** What the parts of a mesh are made of. */
export interface Registration {
  readonly resources: ResourcesByKind;
  readonly settings: MeshSettings;
  readonly report: Report;
  readonly memory: Memory;
}

function allocate(registration: Registration): readonly AddressedEntry[] {
  const { resources, settings, memory } = registration;
  if (!settings.features.statefulAllocation) {
    return memory.mapEach('unaddressed entries', resources.ServiceEntry, unaddressed);
  }
  // Their services are nearly in order then.
  return memory.sort('addressed entries', allocateAddresses(resources.ServiceEntry, registration), compareEntries);
}

function compareEntries({ entry: left }: AddressedEntry, { entry: right }: AddressedEntry): number {
  return compareByCreation(left, right);
}

function convertServices(registration: Registration, addressed: readonly AddressedEntry[]): readonly Service[] {
  const { resources, settings, memory } = registration;
  const namespaces = indexNamespaces(resources.Namespace, settings);
  const conversion = prepareConversion(settings);
  const ofKubernetes = memory.mapEach('services of Kubernetes', resources.Service, (service) =>
    convertKubernetesService(service, settings, readTrafficDistribution(service, namespaces)),
  );
  const ofEntries = memory.collect('services of entries', addressed, (all: Service[], one) =>
    addServices(all, one, readTrafficDistribution(one.entry, namespaces), conversion),
  );
  const all = ofKubernetes.length === 0 ? ofEntries : [...ofKubernetes, ...ofEntries];
  const services = memory.sort('services', all, compareServices);
  const allocated = settings.features.statefulAllocation ? services : allocateByHash(services, memory);
  return ofKubernetes.length === 0 ? allocated : resolveAliases(allocated, memory);
}
