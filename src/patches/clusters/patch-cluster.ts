import type { Cluster, TransportSocket } from '../../xds/types.ts';
import { matchesCluster } from '../match/cluster-match.ts';
import type { Patch } from '../patch.ts';
import { type ContextPatches, isMerge, type PatchSet } from '../patch-set.ts';

export interface ClusterPatches extends ContextPatches {
  /** The hosts behind an inbound cluster. */
  readonly hosts?: readonly string[];
}

/**
 * Absent where a patch removes it.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/cluster_patch.go`, ApplyClusterMerge.
 */
export function patchCluster(cluster: Cluster, { set, context, hosts = [] }: ClusterPatches): Cluster | undefined {
  let patched: Cluster | undefined = cluster;
  set.attempt(() => {
    for (const patch of set.of('CLUSTER', context)) {
      if (!patched || !matchesCluster(patched.name, hosts, patch)) continue;
      if (patch.operation === 'REMOVE') patched = undefined;
      else if (isMerge(patch)) patched = mergeTransportSocket(set, patched, patch) ?? set.merge(patched, patch);
      else continue;
      set.use(patch);
    }
  });
  return patched;
}

/** The clusters that patches add. Without a context, one is added once. */
export function addedClusters({ set, context }: ClusterPatches): readonly Cluster[] {
  return set.of('CLUSTER', context).flatMap((patch) => {
    if (patch.operation !== 'ADD') return [];
    if ((patch.match.context ?? 'ANY') === 'ANY' && context === 'SIDECAR_INBOUND') return [];
    set.use(patch);
    return [patch.value as unknown as Cluster];
  });
}

/**
 * A patch with a transport socket changes nothing else: it is merged into the socket of that name, which may be the one
 * for endpoints with mutual TLS, or takes the place of the cluster's. Where the endpoints decide and none of their sockets
 * has the name, the patch is dropped. Absent where a patch has no socket.
 */
function mergeTransportSocket(set: PatchSet, cluster: Cluster, patch: Patch): Cluster | undefined {
  const { transportSocket: patched } = patch.value as unknown as Cluster;
  if (!patched) return undefined;
  const { transportSocketMatches: matches = [], transportSocket } = cluster;
  if (matches.length > 0) {
    const place = matches.findIndex((match) => match.transportSocket && match.transportSocket.name === patched.name);
    const match = matches[place];
    if (!match?.transportSocket) return cluster;
    const merged = { ...match, transportSocket: mergeSocket(set, match.transportSocket, patched, patch) };
    return { ...cluster, transportSocketMatches: matches.with(place, merged) };
  }
  const replaces = transportSocket?.name !== patched.name;
  const socket = replaces || !transportSocket ? patched : mergeSocket(set, transportSocket, patched, patch);
  return { ...cluster, transportSocket: socket };
}

function mergeSocket(set: PatchSet, socket: TransportSocket, patched: TransportSocket, patch: Patch): TransportSocket {
  if (!socket.typedConfig || !patched.typedConfig) return socket;
  return { ...socket, typedConfig: set.mergeContents(socket.typedConfig, patched.typedConfig, patch) };
}
