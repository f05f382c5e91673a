import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/** Weights of localities only count where a setting uses them, since they change what the load balancer would choose. */
export function weighsLocalities(
  { mesh }: ClusterContext,
  { service, policy }: Pick<OutboundClusterPlan, 'service' | 'policy'>,
): boolean {
  const { setting, failsOver } = selectLocalityPreference(mesh, policy, service);
  if (setting?.distribute?.length) return true;
  return failsOver && Boolean(setting?.failover?.length || setting?.failoverPriority?.length);
}
