import type { Report } from '../model/diagnostic.ts';
import { flatten } from '../model/flatten.ts';
import { forgetful, type Memory } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import { type Resource, type ResourceOf, resourceKey } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import { allocateByHash } from './allocation/hash-allocator.ts';
import { allocateAddresses, describeClaim } from './allocation/stateful-allocator.ts';
import { indexEndpoints } from './endpoints/index-endpoints.ts';
import { groupResources } from './group-resources.ts';
import type { Allocation, Mesh, MeshSettings, ResourcesByKind } from './mesh.ts';
import { convertKubernetesService } from './services/convert-kubernetes-service.ts';
import { convertServiceEntry } from './services/convert-service-entry.ts';
import { compareServices } from './services/order-services.ts';
import { reportTies } from './services/report-ties.ts';
import { resolveAliases } from './services/resolve-aliases.ts';
import { indexNamespaces, readTrafficDistribution } from './services/traffic-distribution.ts';
import { findTargets, listTargetCandidates } from './targets/find-targets.ts';
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
  const allocation = allocate(registration);
  const converted = convertServices(registration, allocation);
  reportTies(converted, report);
  if (settings.features.ambient) reportWaypoints(resources, report);
  const endpoints = indexEndpoints(converted, registration);
  const services = memory.mapEach('identified services', converted, endpoints.identify, endpoints.identification);
  // A proxy that says it runs in another cluster has neither pod nor Kubernetes Services in this one.
  const isHere = ({ clusterId }: Proxy): boolean => clusterId === settings.clusterId;
  const candidates = memory.once('target candidates', [services], () => listTargetCandidates(services));
  const ofEntries = { ...candidates, kubernetes: [] };
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
    servicesByHostname: memory.group('services by host', services, {
      keyOf: ({ hostname }) => hostname,
      make: (sharing) => sharing,
    }),
    endpointsOf: endpoints.endpointsOf,
    acceptsTunnel: indexTunnels({ ...settings, resources }),
    targetsOf: (proxy) => findTargets(proxy, isHere(proxy) ? candidates : ofEntries, endpoints, settings.profile),
    workloadLabelsOf: (proxy) => (isHere(proxy) ? findWorkloadLabels(proxy, endpoints) : undefined),
    allocatedAddresses: allocation,
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

/** Allocation asks in order, so that it depends on all entries, but of each only on what it says of hosts and addresses. */
function allocate({ resources, settings, report, memory }: Registration): Allocation {
  if (!settings.features.statefulAllocation) return nothing;
  const claims = memory.remembers ? memory.mapEach('allocation claims', resources.ServiceEntry, describeClaim) : [];
  return memory.once('allocation', claims, () =>
    memory.settle('allocation', allocateAddresses(resources.ServiceEntry, settings, report)),
  );
}

const nothing: Allocation = {};

function convertServices(registration: Registration, allocation: Allocation): readonly Service[] {
  const { resources, settings, memory } = registration;
  const namespaces = indexNamespaces(resources.Namespace, settings);
  const distribute = (services: readonly Service[], origin: Service['origin']): readonly Service[] => {
    const trafficDistribution = readTrafficDistribution(origin, namespaces);
    return trafficDistribution ? services.map((service) => ({ ...service, trafficDistribution })) : services;
  };
  const addressesOf = ({ metadata }: ResourceOf<'ServiceEntry'>) => allocation[resourceKey(metadata)];
  const ofKubernetes = memory.mapEach('services of Kubernetes', resources.Service, (service) =>
    distribute([convertKubernetesService(service, settings)], service),
  );
  const ofEntries = memory.mapEach(
    'services of entries',
    resources.ServiceEntry,
    (entry) => distribute(convertServiceEntry(entry, settings, addressesOf(entry)), entry),
    { of: (entry) => [addressesOf(entry)], version: allocation },
  );
  const services = memory.sort('services', flatten([...ofKubernetes, ...ofEntries]), compareServices);
  return resolveAliases(settings.features.statefulAllocation ? services : allocateByHash(services, memory), memory);
}
