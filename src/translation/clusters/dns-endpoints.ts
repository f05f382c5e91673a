import type { LocalityPreference } from '../../registry/locality-setting.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';
import { buildLocalityEndpoints } from '../endpoints/build-locality-endpoints.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/** The endpoints of a DNS cluster, which it carries itself. */
export function buildDnsEndpoints(
  context: ClusterContext,
  plan: OutboundClusterPlan,
  preference: LocalityPreference,
): readonly LocalityLbEndpoints[] {
  const { subset, passesMutualTls } = plan;
  const asksForLabels = subset === undefined && !passesMutualTls && preference.setting?.failoverPriority?.length;
  return buildLocalityEndpoints(context, plan, {
    preference,
    knowsLabels: asksForLabels ? context.view.mesh.profile.failoverPriorityInDnsClusters : false,
  });
}
