import type { Cluster, ClusterLoadAssignment } from '../xds/types.ts';
import { without } from './map-objects.ts';

/** Gives an EDS cluster its endpoints, so that nobody has to serve them; without any it stays empty. */
export function makeEndpointsStatic(cluster: Cluster, endpoints: ReadonlyMap<string, ClusterLoadAssignment>): Cluster {
  if (cluster.type !== 'EDS') return cluster;
  const served = endpoints.get(cluster.edsClusterConfig?.serviceName ?? cluster.name);
  return {
    ...without(cluster, 'edsClusterConfig'),
    type: 'STATIC',
    loadAssignment: { ...served, clusterName: cluster.name },
  };
}
