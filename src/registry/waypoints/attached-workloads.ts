import { compareText } from '../order.ts';
import type { AmbientWorkload } from './ambient-workloads.ts';
import { addressOfChoice, type ChooseWaypoint, isMeshGateway } from './choose-waypoint.ts';
import type { WaypointAddress } from './read-waypoints.ts';

/**
 * The workloads whose own traffic, not that of a service, goes through the waypoint that the addresses are of; the oldest
 * first. Source: istio `pilot/pkg/serviceregistry/ambient/ambientindex.go`, WorkloadsForWaypoint.
 */
export function listAttachedWorkloads(
  workloads: readonly AmbientWorkload[],
  isAttached: (address: WaypointAddress) => boolean,
  chooseWaypoint: ChooseWaypoint,
): readonly AmbientWorkload[] {
  return workloads
    .filter(({ user, labels }) => {
      const address = isMeshGateway(labels) ? undefined : addressOfChoice(chooseWaypoint(user, 'workload'));
      return address !== undefined && isAttached(address);
    })
    .toSorted((left, right) => left.creationTime - right.creationTime || compareText(left.id, right.id));
}
