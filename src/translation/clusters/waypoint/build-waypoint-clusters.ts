import { crossesNetworks, type WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import type { Cluster } from '../../../xds/types.ts';
import { planClusters } from '../cluster-context.ts';
import { buildConnectOriginateCluster } from '../connect-originate-cluster.ts';
import { buildExternalSdsCluster } from '../external-sds-cluster.ts';
import { keepFirstOfName } from '../keep-first-of-name.ts';
import { addServiceClusters } from '../outbound-clusters.ts';
import { buildInnerConnectOriginateCluster, buildOuterConnectOriginateCluster } from './double-tunnel-clusters.ts';
import { buildInternalCluster } from './internal-cluster.ts';
import { selectOutboundServices } from './outbound-services.ts';
import { buildVipClusters } from './vip-clusters.ts';

/**
 * The clusters of a waypoint: its own internal listeners, each port of the services it takes traffic for, and the
 * services elsewhere that these are routed to. Where two share a name the first one stays.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildWaypointInboundClusters.
 */
export function buildWaypointClusters(view: WaypointView): readonly Cluster[] {
  const context = planClusters(view);
  const { proxy, mesh } = view;
  const ownNamespace = { prefix: `spiffe://${mesh.configuration.trustDomain ?? ''}/ns/${proxy.namespace}/sa/` };
  const outbound: Cluster[] = [];
  for (const service of selectOutboundServices(view)) {
    addServiceClusters(outbound, context, { service, rule: view.destinationRuleFor(service) });
  }
  const clusters = [
    ...outbound,
    buildInternalCluster('main_internal', 'main_internal'),
    buildInternalCluster('encap', 'connect_originate'),
    ...view.attachedServices.flatMap((service) => buildVipClusters(context, service)),
    buildConnectOriginateCluster(context, [ownNamespace]),
    ...(crossesNetworks(view)
      ? [buildInnerConnectOriginateCluster(context), buildOuterConnectOriginateCluster(context)]
      : []),
    ...(context.secretServers.credentialSocket ? [buildExternalSdsCluster(context)] : []),
  ];
  return keepFirstOfName(clusters);
}
