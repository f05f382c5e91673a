import type { Service } from '../../../model/service.ts';
import { selectPortPolicy } from '../../../registry/traffic-policy.ts';
import type { Cluster } from '../../../xds/types.ts';
import type { ClusterContext } from '../cluster-context.ts';
import { discoveryType } from '../discovery.ts';
import { isDynamicForwardProxy } from '../dynamic-forward-proxy.ts';
import { buildOutboundCluster } from '../outbound-cluster.ts';
import type { OutboundClusterPlan } from '../outbound-cluster-plan.ts';
import { planSubset } from '../outbound-clusters.ts';

/**
 * The clusters for mutual TLS that goes through the gateway (AUTO_PASSTHROUGH), named as its SNI names the service. They
 * add no TLS of their own. Source: istio `pilot/pkg/networking/core/cluster.go`, buildOutboundSniDnatClusters.
 */
export function buildMeshTrafficClusters(context: ClusterContext, service: Service): readonly Cluster[] {
  if (service.meshExternal) return [];
  const { view } = context;
  const rule = view.destinationRuleFor(service);
  const type = discoveryType(service, view.proxy, view.mesh.profile);
  return service.ports
    .filter(({ protocol }) => protocol !== 'UDP')
    .flatMap((port) => {
      const policy = selectPortPolicy(rule?.spec.trafficPolicy, port.number);
      const plan: OutboundClusterPlan = { service, port, type, rule, subset: undefined, policy, passesMutualTls: true };
      const cluster = buildOutboundCluster(context, plan);
      if (!cluster) return [];
      if (isDynamicForwardProxy(service)) return [cluster];
      const subsets = (rule?.spec.subsets ?? []).flatMap(
        (subset) => buildOutboundCluster(context, planSubset(plan, subset)) ?? [],
      );
      return [cluster, ...subsets];
    });
}
