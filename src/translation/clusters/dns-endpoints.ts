import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';
import { buildLocalityEndpoints } from '../endpoints/build-locality-endpoints.ts';
import { preferLocalities } from '../endpoints/prefer-localities.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/** The endpoints of a DNS cluster, which it carries itself. */
export function buildDnsEndpoints(
  context: ClusterContext,
  { service, port, rule, subset, policy, passesMutualTls }: OutboundClusterPlan,
): readonly LocalityLbEndpoints[] {
  const { view, mesh } = context;
  const groups = buildLocalityEndpoints(context, {
    service,
    port,
    rule,
    subset,
    policy,
    mutualTlsOnly: passesMutualTls,
  });
  const { setting, alwaysFailsOver } = selectLocalityPreference(mesh, policy?.loadBalancer?.localityLbSetting, service);
  return preferLocalities(groups, {
    proxy: view.proxy,
    setting,
    failsOver: alwaysFailsOver || policy?.outlierDetection !== undefined,
    knowsLabels: subset === undefined && !passesMutualTls && view.mesh.profile.failoverPriorityInDnsClusters,
  });
}
