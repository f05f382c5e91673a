import type { LocalityLbEndpoints } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster.ts';

/** The endpoints of a DNS cluster, which it carries itself. */
export function buildDnsEndpoints(
  { view }: ClusterContext,
  { service, port, subset }: OutboundClusterPlan,
): readonly LocalityLbEndpoints[] {
  const wanted = Object.entries(subset?.labels ?? {});
  const endpoints = view.mesh
    .endpointsOf(service, port)
    .filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value));
  return endpoints.map(({ addresses, port: portValue }) => ({
    lbEndpoints: [{ endpoint: { address: { socketAddress: { address: addresses[0] ?? '', portValue } } } }],
  }));
}
