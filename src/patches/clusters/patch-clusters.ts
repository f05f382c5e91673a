import type { ProxyType } from '../../model/proxy.ts';
import { parseResourceName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import type { Context } from '../patch.ts';
import type { PatchSet } from '../patch-set.ts';
import { addedClusters, patchCluster } from './patch-cluster.ts';

export interface PatchedClusters {
  readonly proxyType: ProxyType;
  /** The hosts of the services behind a port of the workload. */
  readonly hostsOfPort: (port: number) => readonly string[];
}

/** The clusters that services, and traffic for none of them, are given are patched; istiod's own are not. */
export function patchClusters(
  set: PatchSet,
  clusters: readonly Cluster[],
  { proxyType, hostsOfPort }: PatchedClusters,
): readonly Cluster[] {
  const patched = clusters.flatMap((cluster) => {
    const context = contextOf(cluster.name, proxyType);
    if (!context) return [cluster];
    const hosts = context === 'SIDECAR_INBOUND' ? hostsOfPort(parseResourceName(cluster.name)?.port ?? 0) : [];
    return patchCluster(cluster, { set, context, hosts }) ?? [];
  });
  const added = additionContexts[proxyType].flatMap((context) => addedClusters({ set, context }));
  return [...patched, ...added];
}

/** Waypoints have outbound clusters too, but nothing is added to them. */
const additionContexts: Readonly<Record<ProxyType, readonly Context[]>> = {
  sidecar: ['SIDECAR_OUTBOUND', 'SIDECAR_INBOUND'],
  router: ['GATEWAY'],
  waypoint: ['SIDECAR_INBOUND'],
};

function contextOf(name: string, proxyType: ProxyType): Context | undefined {
  const { direction } = parseResourceName(name) ?? {};
  if (direction === 'outbound') return proxyType === 'router' ? 'GATEWAY' : 'SIDECAR_OUTBOUND';
  if (proxyType === 'router') return name === 'BlackHoleCluster' ? 'GATEWAY' : undefined;
  if (proxyType === 'waypoint') return undefined;
  if (name === 'BlackHoleCluster' || name === 'PassthroughCluster') return 'SIDECAR_OUTBOUND';
  return direction === 'inbound' || name === 'InboundPassthroughCluster' ? 'SIDECAR_INBOUND' : undefined;
}
