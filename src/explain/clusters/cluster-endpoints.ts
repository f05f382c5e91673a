import type { Snapshot } from '../../xds/snapshot.ts';
import type { Cluster, ClusterLoadAssignment, LbEndpoint } from '../../xds/types.ts';
import { findAssignment } from '../find-resource.ts';

/** `EDS`, `STRICT_DNS` … or the name of a cluster extension; protobuf's default is STATIC. */
export function discoveryOf({ type, clusterType }: Cluster): string {
  return type ?? clusterType?.name ?? 'STATIC';
}

/** What istiod sent for the cluster, or what stands in it. */
export function assignmentOf(
  { endpoints }: Pick<Snapshot, 'endpoints'>,
  cluster: Cluster,
): ClusterLoadAssignment | undefined {
  if (discoveryOf(cluster) !== 'EDS') return cluster.loadAssignment;
  return findAssignment(endpoints, cluster.edsClusterConfig?.serviceName ?? cluster.name);
}

/** An endpoint with the locality's settings that matter to who gets it. */
export interface PlacedEndpoint extends LbEndpoint {
  readonly priority: number;
}

export function endpointsIn(assignment: ClusterLoadAssignment | undefined): readonly PlacedEndpoint[] {
  return (assignment?.endpoints ?? []).flatMap(({ lbEndpoints = [], priority = 0 }) =>
    lbEndpoints.map((endpoint) => ({ ...endpoint, priority })),
  );
}
