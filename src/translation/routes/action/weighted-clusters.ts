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
  const weighted = destinations.every(hasWeight) ? destinations : destinations.filter(hasWeight);
  const clusters = weighted.map((destination) => clusterWeight(destination, options));
  let hashPolicy = noHashes;
  for (const { destination = {} } of weighted) {
    const hash = options.hashOf(destination);
    if (hash) hashPolicy = hashPolicy.concat(buildHashPolicy(hash));
  }
  return { weightedClusters: { clusters }, hashPolicy };
}

const noHashes: readonly RouteActionHashPolicy[] = [];

function hasWeight({ weight = 0 }: HTTPRouteDestination): boolean {
  return weight !== 0;
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
