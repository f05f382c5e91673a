import { isIpAddress } from '../../model/ip-address.ts';
import type { Labels } from '../labels.ts';
import type { Mesh } from '../mesh.ts';
import { compareText } from '../order.ts';
import { type ChooseWaypoint, isMeshGateway, type WaypointUser } from './choose-waypoint.ts';
import type { WaypointAddress } from './read-waypoints.ts';

/** A workload whose own traffic, not that of a service, goes through a waypoint. */
export interface AttachedWorkload {
  readonly addresses: readonly string[];
}

interface Candidate extends AttachedWorkload {
  /** Who asks for the waypoint. */
  readonly user: WaypointUser;
  /** The labels by which gateways are told apart: of an endpoint those of its entry. */
  readonly labels: Labels;
  readonly creationTime: number;
  /** How istiod names the workload; decides among equals in age. */
  readonly id: string;
}

/**
 * The workloads that the waypoint takes traffic for, the oldest first.
 * Source: istio `pilot/pkg/serviceregistry/ambient/workloads.go` and `ambientindex.go`, WorkloadsForWaypoint.
 */
export function listAttachedWorkloads(
  mesh: Mesh,
  chooseWaypoint: ChooseWaypoint,
  isOwn: (address: WaypointAddress) => boolean,
): readonly AttachedWorkload[] {
  const candidates = [...listPods(mesh), ...listWorkloadEntries(mesh), ...listEntryEndpoints(mesh)];
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return [...byId.values()]
    .filter(({ user, labels }) => {
      const address = isMeshGateway(labels) ? undefined : chooseWaypoint(user, 'workload')?.address;
      return address !== undefined && isOwn(address);
    })
    .toSorted((left, right) => left.creationTime - right.creationTime || compareText(left.id, right.id));
}

function listPods({ resources, clusterId }: Mesh): readonly Candidate[] {
  return resources.Pod.flatMap(({ metadata, status }) => {
    if (status.phase === 'Failed' || status.phase === 'Succeeded') return [];
    const listed = (status.podIPs ?? []).map(({ ip = '' }) => ip);
    const addresses = listed.length > 0 ? listed : [status.podIP ?? ''];
    if (!addresses.every(isIpAddress)) return [];
    const { namespace, name, labels, creationTime } = metadata;
    return [{ addresses, user: metadata, labels, creationTime, id: `${clusterId}//Pod/${namespace}/${name}` }];
  });
}

function listWorkloadEntries({ resources, clusterId }: Mesh): readonly Candidate[] {
  return resources.WorkloadEntry.map(({ metadata, spec }) => {
    const { namespace, name, creationTime } = metadata;
    const labels = { ...spec.labels, ...metadata.labels };
    return {
      addresses: readAddress(spec.address),
      user: { namespace, labels },
      labels,
      creationTime,
      id: `${clusterId}/networking.istio.io/WorkloadEntry/${namespace}/${name}`,
    };
  });
}

/** Endpoints ask by their own labels, or by their namespace's. */
function listEntryEndpoints({ resources, clusterId }: Mesh): readonly Candidate[] {
  return resources.ServiceEntry.flatMap(({ metadata, spec }) =>
    (spec.endpoints ?? []).map(({ address = '', labels = {} }) => {
      const { namespace, name, creationTime } = metadata;
      return {
        addresses: readAddress(address),
        user: { namespace, labels },
        labels: metadata.labels,
        creationTime,
        id: `${clusterId}/networking.istio.io/ServiceEntry/${namespace}/${name}/${address}`,
      };
    }),
  );
}

/** A host name is no address that a connection could be told by. */
function readAddress(address = ''): readonly string[] {
  return isIpAddress(address) ? [address] : [];
}
