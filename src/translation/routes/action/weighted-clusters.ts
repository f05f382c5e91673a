import type { HTTPRouteDestination } from '../../../model/istio/virtual-service.ts';
import type { RouteAction, RouteActionHashPolicy, WeightedClusterClusterWeight } from '../../../xds/types.ts';
import { clusterOf, type Destinations } from '../destination.ts';
import { buildHashPolicy } from '../hash-policy.ts';
import { readHeaders } from '../header-operations.ts';

/** Several destinations share the requests by weight; those of weight zero get none and are left out. */
export function buildWeightedClusters(
  destinations: readonly HTTPRouteDestination[],
  options: Destinations,
): Required<Pick<RouteAction, 'weightedClusters' | 'hashPolicy'>> {
  const clusters: WeightedClusterClusterWeight[] = [];
  const hashPolicy: RouteActionHashPolicy[] = [];
  for (const destination of destinations) {
    if (!destination.weight) continue;
    clusters.push(clusterWeight(destination, options));
    hashPolicy.push(...buildHashPolicy(options.hashOf(destination.destination ?? {})));
  }
  return { weightedClusters: { clusters }, hashPolicy };
}

function clusterWeight(
  { destination = {}, weight = 0, headers }: HTTPRouteDestination,
  { targetOf }: Pick<Destinations, 'targetOf'>,
): WeightedClusterClusterWeight {
  const cluster = { name: clusterOf(targetOf(destination)), weight };
  if (!headers) return cluster;
  const { changes, authority } = readHeaders(headers);
  return { ...cluster, ...changes, ...(authority && { hostRewriteLiteral: authority }) };
}
