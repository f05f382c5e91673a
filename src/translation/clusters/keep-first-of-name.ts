import type { Cluster } from '../../xds/types.ts';

/** Envoy refuses two clusters of one name: the first one stays. */
export function keepFirstOfName(clusters: readonly Cluster[]): readonly Cluster[] {
  if (clusters.length < 2) return clusters;
  const names = new Set(clusters.map(({ name }) => name));
  if (names.size === clusters.length) return clusters;
  return clusters.filter(({ name }) => names.delete(name));
}
