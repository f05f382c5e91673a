import { parseResourceName } from '../../xds/resource-name.ts';
import type { Patch } from '../patch.ts';

/**
 * Inbound clusters are named without a host; they are matched by the hosts of the services behind them.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/cluster_patch.go`, clusterMatch.
 */
export function matchesCluster(clusterName: string, hosts: readonly string[], { match }: Patch): boolean {
  const wanted = match.cluster;
  if (wanted === undefined) return true;
  if (wanted.name) return wanted.name === clusterName;
  const { direction, subset, hostname = '', port } = parseResourceName(clusterName) ?? {};
  const candidates = direction === 'inbound' && hosts.length > 0 ? hosts : [hostname];
  return (
    (!wanted.subset || wanted.subset === subset) &&
    (!wanted.service || candidates.includes(wanted.service)) &&
    (!wanted.portNumber || wanted.portNumber === port)
  );
}
