import type { Subset } from '../../model/istio/destination-rule.ts';
import type { Port, Service } from '../../model/service.ts';
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
  return memory.collect<KnownHost, Cluster>('clusters', knownHosts, (all, { service, outboundRule }) => {
    const before = all.length;
    addServiceClusters(all, context, { service, rule: outboundRule });
    if (mayShareNames(service, outboundRule)) all.push(...keepFirstOfName(all.splice(before)));
  });
}

type ServicePlan = Pick<OutboundClusterPlan, 'service' | 'rule'>;

/**
 * The clusters of a service: one for each port, and for each port one for each subset of its DestinationRule.
 * Source: istio `pilot/pkg/networking/core/cluster.go`, buildOutboundClusters.
 */
export function addServiceClusters(all: Cluster[], context: ClusterContext, { service, rule }: ServicePlan): void {
  if (service.resolution === 'alias') return;
  const { view } = context;
  const { profile } = view.mesh;
  if (service.resolution === 'dynamic-dns' && !profile.dynamicForwardProxyInSidecars) return;
  const isDynamic = isDynamicForwardProxy(service);
  const type = isDynamic ? 'dynamic-forward-proxy' : discoveryType(service, view.proxy, profile);
  const { ports } = service;
  const subsets = rule?.spec.subsets ?? noSubsets;
  for (let index = 0; index < ports.length; index++) {
    const port = ports[index] as Port;
    if (port.protocol === 'UDP' || (isDynamic && !canBeForwarded(port.protocol))) continue;
    const policy = selectPortPolicy(rule?.spec.trafficPolicy, port.number);
    const plan: OutboundClusterPlan = { service, port, type, rule, subset: undefined, policy, passesMutualTls: false };
    const cluster = buildOutboundCluster(context, plan);
    if (!cluster) continue;
    all.push(cluster);
    if (isDynamic) continue;
    for (let part = 0; part < subsets.length; part++) {
      const ofPart = buildOutboundCluster(context, planSubset(plan, subsets[part] as Subset));
      if (ofPart) all.push(ofPart);
    }
  }
}

const noSubsets: readonly Subset[] = [];

/** A name is of a port's number and a subset's name. */
function mayShareNames({ ports }: Service, rule: OutboundClusterPlan['rule']): boolean {
  const subsets = rule?.spec.subsets;
  if (hasTwice(ports, numberOf)) return true;
  return subsets !== undefined && (hasTwice(subsets, nameOf) || !subsets.every(nameOf));
}

const numberOf = ({ number }: Port): number => number;
const nameOf = ({ name }: Subset): string | undefined => name;

function hasTwice<T>(list: readonly T[], keyOf: (item: T) => unknown): boolean {
  for (let index = 1; index < list.length; index++) {
    const key = keyOf(list[index] as T);
    for (let other = 0; other < index; other++) if (keyOf(list[other] as T) === key) return true;
  }
  return false;
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
