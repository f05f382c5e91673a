import type { Subset } from '../../../model/istio/destination-rule.ts';
import { isHttp, isSniffed, isTcp, type Protocol } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import { mergeSubsetPolicy, selectPortPolicy } from '../../../registry/traffic-policy.ts';
import type { Cluster } from '../../../xds/types.ts';
import type { ClusterContext } from '../cluster-context.ts';
import { buildVipCluster } from './vip-cluster.ts';

/**
 * For each port of a service what the waypoint balances its traffic over: one cluster for the traffic it can see into
 * and one for bytes, as the protocol wants it, and the same for each subset of its DestinationRule.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildWaypointInboundVIP.
 */
export function buildVipClusters(context: ClusterContext, service: Service): readonly Cluster[] {
  const rule = context.view.inboundDestinationRuleFor(service);
  const trafficPolicy = rule?.spec.trafficPolicy;
  return service.ports
    .filter((port) => isServed(context, service, port))
    .flatMap((port) => {
      const plan = { service, port, rule };
      const ofPort = selectPortPolicy(trafficPolicy, port.number);
      const whole = trafficOf(port.protocol).map((subset) => ({ ...plan, subset, policy: ofPort }));
      const parts = (rule?.spec.subsets ?? []).flatMap((subset) => {
        const policy = mergeSubsetPolicy(ofPort, subset.trafficPolicy, port.number);
        return trafficOf(port.protocol).map((traffic) => ({ ...plan, subset: nameOf(traffic, subset), policy }));
      });
      return [...whole, ...parts];
    })
    .flatMap((plan) => buildVipCluster(context, plan) ?? []);
}

/** A dynamic forward proxy needs a host name in the request; in TLS only where the mesh was told to look for it. */
function isServed({ view }: ClusterContext, { resolution }: Service, { protocol }: Port): boolean {
  if (resolution !== 'dynamic-dns') return protocol !== 'UDP';
  return protocol === 'HTTP' || (protocol === 'TLS' && view.mesh.features.wildcardTlsServiceEntries);
}

/** What takes the place of a subset in the cluster's name. */
function trafficOf(protocol: Protocol): readonly ('tcp' | 'http')[] {
  if (isSniffed(protocol)) return ['tcp', 'http'];
  return [...(isTcp(protocol) ? (['tcp'] as const) : []), ...(isHttp(protocol) ? (['http'] as const) : [])];
}

function nameOf(traffic: 'tcp' | 'http', { name = '' }: Subset): string {
  return `${traffic}/${name}`;
}
