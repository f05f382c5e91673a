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
  return preferLocalities(groups, selectLocalityPreference(mesh, policy, service), {
    proxy: view.proxy,
    knowsLabels: subset === undefined && !passesMutualTls && view.mesh.profile.failoverPriorityInDnsClusters,
  });
}
