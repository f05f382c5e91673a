import type { Report } from '../model/diagnostic.ts';
import { groupBy } from '../model/group-by.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import { allocateByHash } from './allocation/hash-allocator.ts';
import { type Allocation, allocateAddresses } from './allocation/stateful-allocator.ts';
import { indexEndpoints } from './endpoints/index-endpoints.ts';
import { groupResources } from './group-resources.ts';
import type { Mesh, MeshSettings, ResourcesByKind } from './mesh.ts';
import { convertKubernetesService } from './services/convert-kubernetes-service.ts';
import { convertServiceEntry } from './services/convert-service-entry.ts';
import { orderServices } from './services/order-services.ts';
import { reportTies } from './services/report-ties.ts';
import { resolveAliases } from './services/resolve-aliases.ts';
import { indexNamespaces, readTrafficDistribution } from './services/traffic-distribution.ts';
import { findTargets } from './targets/find-targets.ts';
import { findWorkloadLabels } from './targets/workload-labels.ts';
import { reportWaypoints } from './waypoints/report-waypoints.ts';
import { indexTunnels } from './waypoints/tunnels.ts';

/** Makes the mesh of the accepted resources: its services with their addresses, and indexes of what belongs to them. */
export function registerMesh(accepted: readonly Resource[], settings: MeshSettings, report: Report): Mesh {
  const resources = groupResources(accepted);
  const allocation = settings.features.statefulAllocation
    ? allocateAddresses(resources.ServiceEntry, settings, report)
    : new Map();
  const converted = convertServices(resources, settings, allocation);
  reportTies(converted, report);
  if (settings.features.ambient) reportWaypoints(resources, report);
  const endpoints = indexEndpoints(converted, resources, settings);
  const services = converted.map((service) => {
    const subjectAltNames = endpoints.identitiesOf(service);
    return subjectAltNames.length === 0 ? service : { ...service, subjectAltNames };
  });
  // A proxy that says it runs in another cluster has neither pod nor Kubernetes Services in this one.
  const isHere = ({ clusterId }: Proxy): boolean => clusterId === settings.clusterId;
  const ofEntries = services.filter(({ origin }) => origin.kind === 'ServiceEntry');
  return {
    ...settings,
    resources,
    services,
    servicesByHostname: groupBy(services, ({ hostname }) => hostname),
    endpointsOf: endpoints.endpointsOf,
    acceptsTunnel: indexTunnels({ ...settings, resources }),
    targetsOf: (proxy) => findTargets(proxy, isHere(proxy) ? services : ofEntries, endpoints, settings.profile),
    workloadLabelsOf: (proxy) => (isHere(proxy) ? findWorkloadLabels(proxy, endpoints) : undefined),
    allocatedAddresses: toObject(allocation),
    report,
  };
}

function convertServices(
  resources: ResourcesByKind,
  settings: MeshSettings,
  allocation: Allocation,
): readonly Service[] {
  const namespaces = indexNamespaces(resources.Namespace, settings);
  const converted = [
    ...resources.Service.map((service) => convertKubernetesService(service, settings)),
    ...resources.ServiceEntry.flatMap((entry) => {
      const { namespace, name } = entry.metadata;
      return convertServiceEntry(entry, settings, allocation.get(`${namespace}/${name}`) ?? new Map());
    }),
  ].map((service): Service => {
    const trafficDistribution = readTrafficDistribution(service.origin, namespaces);
    return trafficDistribution ? { ...service, trafficDistribution } : service;
  });
  const services = orderServices(converted);
  return resolveAliases(settings.features.statefulAllocation ? services : allocateByHash(services));
}

function toObject(allocation: Allocation): Mesh['allocatedAddresses'] {
  const byEntry: Record<string, Readonly<Record<string, readonly string[]>>> = {};
  for (const [entry, hosts] of allocation) byEntry[entry] = Object.fromEntries(hosts);
  return byEntry;
}
