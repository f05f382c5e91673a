import type { Subset } from '../../model/istio/destination-rule.ts';
import type { Service } from '../../model/service.ts';
import type { KnownHost } from '../../registry/proxy-view.ts';
import { mergeSubsetPolicy, selectPortPolicy } from '../../registry/traffic-policy.ts';
import type { Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import { discoveryType } from './discovery.ts';
import { canBeForwarded, isDynamicForwardProxy } from './dynamic-forward-proxy.ts';
import { keepFirstOfName } from './keep-first-of-name.ts';
import { buildOutboundCluster } from './outbound-cluster.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/** The clusters of all services that a proxy sees. No two services share a name for theirs: each has a host of its own. */
export function buildOutboundClusters(context: ClusterContext): readonly Cluster[] {
  const { memory, knownHosts } = context.view;
  return memory.collect<KnownHost, Cluster>('clusters', knownHosts, (all, { service }) => {
    for (const cluster of keepFirstOfName(buildServiceClusters(context, service))) all.push(cluster);
  });
}

/**
 * The clusters of a service: one for each port, and for each port one for each subset of its DestinationRule.
 * Source: istio `pilot/pkg/networking/core/cluster.go`, buildOutboundClusters.
 */
export function buildServiceClusters(context: ClusterContext, service: Service): readonly Cluster[] {
  if (service.resolution === 'alias') return [];
  const { view } = context;
  const rule = view.destinationRuleFor(service);
  const { profile } = view.mesh;
  if (service.resolution === 'dynamic-dns' && !profile.dynamicForwardProxyInSidecars) return [];
  const isDynamic = isDynamicForwardProxy(service);
  const type = isDynamic ? 'dynamic-forward-proxy' : discoveryType(service, view.proxy, profile);
  const clusters: Cluster[] = [];
  for (const port of service.ports) {
    if (port.protocol === 'UDP' || (isDynamic && !canBeForwarded(port.protocol))) continue;
    const policy = selectPortPolicy(rule?.spec.trafficPolicy, port.number);
    const plan: OutboundClusterPlan = { service, port, type, rule, subset: undefined, policy, passesMutualTls: false };
    const cluster = buildOutboundCluster(context, plan);
    if (!cluster) continue;
    clusters.push(cluster);
    if (isDynamic) continue;
    for (const subset of rule?.spec.subsets ?? []) {
      const part = buildOutboundCluster(context, planSubset(plan, subset));
      if (part) clusters.push(part);
    }
  }
  return clusters;
}

/** A subset finds its endpoints as the whole does, unless one of the two passes connections through. */
export function planSubset(whole: OutboundClusterPlan, subset: Subset): OutboundClusterPlan {
  const { service, port, rule, policy, passesMutualTls } = whole;
  const passesThrough =
    policy?.loadBalancer?.simple === 'PASSTHROUGH' || subset.trafficPolicy?.loadBalancer?.simple === 'PASSTHROUGH';
  return {
    service,
    port,
    type: passesThrough ? 'ORIGINAL_DST' : whole.type,
    rule,
    subset,
    policy: mergeSubsetPolicy(policy, subset.trafficPolicy, port.number),
    passesMutualTls,
  };
}
