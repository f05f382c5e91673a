import { inferServiceMode } from './auto-mutual-tls.ts';
import type { ClusterContext } from './cluster-context.ts';
import { keepsDrainingEndpoints } from './common-load-balancing.ts';
import { racesConnections } from './discovery.ts';
import type { OutboundClusterKind } from './outbound-cluster-kind.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { mayUseCredentials } from './outbound-transport.ts';

export function kindOf(context: ClusterContext, plan: OutboundClusterPlan): OutboundClusterKind {
  const { service, port, type, subset, passesMutualTls } = plan;
  return {
    type,
    protocol: port.protocol,
    racesConnections: racesConnections(service, context.view.mesh.profile),
    trafficDistribution: service.trafficDistribution,
    keepsDraining: keepsDrainingEndpoints(service, subset !== undefined),
    meshExternal: service.meshExternal,
    serviceMode: inferServiceMode(context, plan),
    mayUseCredentials: mayUseCredentials(context, plan),
    passesMutualTls,
  };
}

/** Asked for every cluster: the plan's kind need not be made to be compared. */
export function isOfKind(kind: OutboundClusterKind, context: ClusterContext, plan: OutboundClusterPlan): boolean {
  const { service, port, type, subset, passesMutualTls } = plan;
  return (
    kind.type === type &&
    kind.protocol === port.protocol &&
    kind.meshExternal === service.meshExternal &&
    kind.racesConnections === racesConnections(service, context.view.mesh.profile) &&
    kind.trafficDistribution === service.trafficDistribution &&
    kind.keepsDraining === keepsDrainingEndpoints(service, subset !== undefined) &&
    kind.serviceMode === inferServiceMode(context, plan) &&
    kind.mayUseCredentials === mayUseCredentials(context, plan) &&
    kind.passesMutualTls === passesMutualTls
  );
}
