import type { MutualTlsMode } from '../../registry/peer-authentication.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/**
 * What a service of the mesh accepts, as far as a client can know: policies for single workloads do not count.
 * Where connections go to their original destination, all workloads must speak mutual TLS, since none can be told apart.
 * Absent for a service outside the mesh.
 * Source: istio `pilot/pkg/model/push_context.go`, BestEffortInferServiceMTLSMode.
 */
export function inferServiceMode(
  { view, peerAuthentications }: ClusterContext,
  { service, port, rule, subset }: OutboundClusterPlan,
): MutualTlsMode | undefined {
  if (service.meshExternal) return undefined;
  const policy = subset ? subset.trafficPolicy : rule?.spec.trafficPolicy;
  if (service.resolution === 'passthrough' || policy?.loadBalancer?.simple === 'PASSTHROUGH') {
    const endpoints = view.mesh.endpointsOf(service, port);
    if (endpoints.length === 0 || endpoints.some(({ workload }) => workload.tlsMode === 'disabled')) return 'DISABLE';
  }
  return peerAuthentications.modeOfNamespace(service.namespace) ?? 'PERMISSIVE';
}
