import type { Service } from '../../model/service.ts';
import type { Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildClusterMetadata } from './cluster-metadata.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/** `services` are those that telemetry attributes the cluster's traffic to. */
export function buildOutboundMetadata(
  { view }: ClusterContext,
  { service, port, rule, subset, policy, passesMutualTls }: OutboundClusterPlan,
  services?: readonly Service[],
): Pick<Cluster, 'metadata'> {
  const endpoints = subset || passesMutualTls ? [] : view.mesh.endpointsOf(service, port);
  return buildClusterMetadata({
    services,
    tunnelled: endpoints.length > 0 && endpoints.every((endpoint) => view.mesh.acceptsTunnel(endpoint.workload)),
    external: service.meshExternal && subset === undefined,
    rule: rule?.metadata,
    subset: subset?.name,
    tlsMode: policy?.tls?.mode,
  });
}
