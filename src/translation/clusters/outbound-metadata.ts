import type { ProxyView } from '../../registry/proxy-view.ts';
import type { Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/** What an outbound cluster says of its service. */
export function findOutboundMetadata(
  { view, metadata }: ClusterContext,
  plan: OutboundClusterPlan,
): Cluster['metadata'] | undefined {
  return metadata.find(plan, leadsToTunnels(view, plan));
}

/** Whether all endpoints accept tunnels. */
function leadsToTunnels({ mesh }: ProxyView, { service, port, subset, passesMutualTls }: OutboundClusterPlan): boolean {
  if (subset || passesMutualTls) return false;
  const endpoints = mesh.endpointsOf(service, port);
  for (const { workload } of endpoints) if (!mesh.acceptsTunnel(workload)) return false;
  return endpoints.length > 0;
}
