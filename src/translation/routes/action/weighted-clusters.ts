import type { HTTPRouteDestination } from '../../../model/istio/virtual-service.ts';
import type { RouteAction, WeightedClusterClusterWeight } from '../../../xds/types.ts';
import type { Destinations } from '../destination.ts';
import { buildHashPolicy } from '../hash-policy.ts';
import { readHeaders } from '../header-operations.ts';

/** Several destinations share the requests by weight; those of weight zero get none and are left out. */
export function buildWeightedClusters(
  destinations: readonly HTTPRouteDestination[],
  options: Destinations,
): {
  readonly specifier: Pick<RouteAction, 'weightedClusters'>;
  readonly hashPolicy: NonNullable<RouteAction['hashPolicy']>;
} {
  const weighted = destinations.filter(({ weight = 0 }) => weight !== 0);
  const clusters = weighted.map((destination) => clusterWeight(destination, options));
  return {
    specifier: { weightedClusters: { clusters } },
    hashPolicy: weighted.flatMap(({ destination = {} }) => buildHashPolicy(options.hashOf(destination))),
  };
}

function clusterWeight(
  { destination = {}, weight = 0, headers = {} }: HTTPRouteDestination,
  { clusterOf }: Pick<Destinations, 'clusterOf'>,
): WeightedClusterClusterWeight {
  const { changes, authority } = readHeaders(headers);
  return {
    name: clusterOf(destination),
    weight,
    ...changes,
    ...(authority && { hostRewriteLiteral: authority }),
  };
}
