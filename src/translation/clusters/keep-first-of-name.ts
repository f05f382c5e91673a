import type { Cluster } from '../../xds/types.ts';

/** Envoy refuses two clusters of one name: the first one stays. */
export function keepFirstOfName(clusters: readonly Cluster[]): readonly Cluster[] {
  const byName = new Map<string, Cluster>();
  for (const cluster of clusters) if (!byName.has(cluster.name)) byName.set(cluster.name, cluster);
  return [...byName.values()];
}
