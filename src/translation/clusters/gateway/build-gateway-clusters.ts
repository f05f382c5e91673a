import type { MergedGateway } from '../../../registry/gateways/merged-gateway.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import type { Cluster } from '../../../xds/types.ts';
import { planClusters } from '../cluster-context.ts';
import { buildConnectOriginateCluster, opensTunnels } from '../connect-originate-cluster.ts';
import { buildExternalSdsCluster } from '../external-sds-cluster.ts';
import { keepFirstOfName } from '../keep-first-of-name.ts';
import { buildOutboundClusters } from '../outbound-clusters.ts';
import { buildBlackHoleCluster } from '../passthrough-and-blackhole.ts';
import { buildMeshTrafficClusters } from './mesh-traffic-clusters.ts';

/**
 * The clusters that istiod sends a gateway: those of all services it sees, whether or not a route leads there. No
 * connection has an original destination to be passed on to.
 * Source: istio `pilot/pkg/networking/core/cluster.go`, buildClusters.
 */
export function buildGatewayClusters(view: ProxyView, gateway: MergedGateway | undefined): readonly Cluster[] {
  const context = planClusters(view);
  return keepFirstOfName([
    ...buildOutboundClusters(context),
    buildBlackHoleCluster(context),
    ...(gateway?.passesMeshTraffic
      ? view.services.flatMap((service) => buildMeshTrafficClusters(context, service))
      : []),
    ...(opensTunnels(view) ? [buildConnectOriginateCluster(context)] : []),
    ...(context.secretServers.credentialSocket ? [buildExternalSdsCluster(context)] : []),
  ]);
}
