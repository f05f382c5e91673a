import { isIpAddress } from '../../model/ip-address.ts';
import type { Labels } from '../labels.ts';
import type { Mesh } from '../mesh.ts';
import type { AmbientService } from './ambient-services.ts';
import type { WaypointUser } from './choose-waypoint.ts';

/** A workload as the ambient mesh knows it: a pod, a WorkloadEntry, or an endpoint that a ServiceEntry lists. */
export interface AmbientWorkload {
  readonly network: string;
  /** None where it has a host name. */
  readonly addresses: readonly string[];
  /** Who asks for a waypoint. */
  readonly user: WaypointUser;
  /** Of the object; of an endpoint those of its entry. */
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly creationTime: number;
  /** How istiod names the workload. */
  readonly id: string;
}

/** Each workload once. Source: istio `pilot/pkg/serviceregistry/ambient/workloads.go`. */
export function listAmbientWorkloads(mesh: Source, services: readonly AmbientService[]): readonly AmbientWorkload[] {
  const workloads = [...listPods(mesh), ...listWorkloadEntries(mesh), ...listEntryEndpoints(mesh, services)];
  return [...new Map(workloads.map((workload) => [workload.id, workload])).values()];
}

type Source = Pick<Mesh, 'resources' | 'clusterId'>;

function listPods(mesh: Source): readonly AmbientWorkload[] {
  const { resources, clusterId } = mesh;
  const network = localNetwork(mesh);
  return resources.Pod.flatMap(({ metadata, status }) => {
    if (status.phase === 'Failed' || status.phase === 'Succeeded') return [];
    const listed = (status.podIPs ?? []).map(({ ip = '' }) => ip);
    const addresses = listed.length > 0 ? listed : [status.podIP ?? ''];
    if (!addresses.every(isIpAddress)) return [];
    const { namespace, name, labels, annotations, creationTime } = metadata;
    const id = `${clusterId}//Pod/${namespace}/${name}`;
    return [{ network, addresses, user: metadata, labels, annotations, creationTime, id }];
  });
}

function listWorkloadEntries(mesh: Source): readonly AmbientWorkload[] {
  const { resources, clusterId } = mesh;
  const network = localNetwork(mesh);
  return resources.WorkloadEntry.map(({ metadata, spec }) => {
    const { namespace, name, annotations, creationTime } = metadata;
    const labels = { ...spec.labels, ...metadata.labels };
    return {
      network: spec.network || network,
      addresses: readAddress(spec.address),
      user: { namespace, labels },
      labels,
      annotations,
      creationTime,
      id: `${clusterId}/networking.istio.io/WorkloadEntry/${namespace}/${name}`,
    };
  });
}

/** Endpoints ask by their own labels, or by their namespace's. Those of an entry without a host of its own do not count. */
function listEntryEndpoints(mesh: Source, services: readonly AmbientService[]): readonly AmbientWorkload[] {
  const { resources, clusterId } = mesh;
  const origins = new Set(services.map(({ origin }) => origin));
  return resources.ServiceEntry.filter((entry) => origins.has(entry)).flatMap(({ metadata, spec }) => {
    const { namespace, name, annotations, creationTime } = metadata;
    // istiod keeps the network that an endpoint names for those after it.
    let network = localNetwork(mesh);
    return (spec.endpoints ?? []).map((endpoint) => {
      const { address = '', labels = {} } = endpoint;
      network = endpoint.network || network;
      return {
        network,
        addresses: readAddress(address),
        user: { namespace, labels },
        labels: metadata.labels,
        annotations,
        creationTime,
        id: `${clusterId}/networking.istio.io/ServiceEntry/${namespace}/${name}/${address}`,
      };
    });
  });
}

/** Of istiod's own namespace, which a label puts into a network; it need not be the mesh's root namespace. */
export function localNetwork({ resources }: Pick<Mesh, 'resources'>): string {
  const own = resources.Namespace.find(({ metadata }) => metadata.name === 'istio-system');
  return own?.metadata.labels['topology.istio.io/network'] ?? '';
}

/** A host name is no address that a connection could be told by. */
function readAddress(address = ''): readonly string[] {
  return isIpAddress(address) ? [address] : [];
}
