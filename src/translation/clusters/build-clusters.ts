import type { ProxyView } from '../../registry/proxy-view.ts';
import type { Cluster } from '../../xds/types.ts';
import { planClusters } from './cluster-context.ts';
import { buildConnectOriginateCluster, opensTunnels } from './connect-originate-cluster.ts';
import { buildExternalSdsCluster } from './external-sds-cluster.ts';
import { buildInboundClusters } from './inbound-clusters.ts';
import { keepFirstOfName } from './keep-first-of-name.ts';
import { buildOutboundClusters } from './outbound-clusters.ts';
import {
  buildBlackHoleCluster,
  buildInboundPassthroughCluster,
  buildPassthroughCluster,
} from './passthrough-and-blackhole.ts';

/**
 * The clusters that istiod sends a sidecar: those of the services it sees, the fixed ones, and those of its own ports.
 * Where two share a name the first one stays.
 */
export function buildClusters(view: ProxyView): readonly Cluster[] {
  const context = planClusters(view);
  const fixed = keepFirstOfName([
    buildBlackHoleCluster(context),
    buildPassthroughCluster(context),
    ...buildInboundClusters(context),
    buildInboundPassthroughCluster(context),
    ...(opensTunnels(view) ? [buildConnectOriginateCluster(context)] : []),
    ...(context.secretServers.credentialSocket ? [buildExternalSdsCluster(context)] : []),
  ]);
  return view.memory.join('all clusters', [
    buildOutboundClusters(context),
    view.memory.settle('fixed clusters', fixed),
  ]);
}
