import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import { selectPortPolicy } from '../../registry/traffic-policy.ts';
import { outboundName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import type { AppliedPolicy } from '../applied-policy.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';
import { isDynamicForwardProxyCluster } from '../upstream-tls.ts';

export const istiodCrash: Rule = {
  code: 'istiod-crash',
  severity: 'error',
  documentation:
    'istiod dereferences nothing, or an index that is out of range, while it builds this proxy’s clusters. The push fails, and so does every later one: proxies keep what they had, new ones get nothing. Two inputs are known to do it: outlierDetection for a host of a DYNAMIC_DNS entry, and failoverPriority together with outlierDetection for a DNS entry whose endpoints are in several localities. Remove outlierDetection (Istio 1.30.3 and the 1.31 release branch still do this).',
  fromProxy: (look) =>
    look.policies.flatMap((policy) => [...findForwardProxy(look, policy), ...findRanking(look, policy)]),
};

/** Source: istio `pilot/pkg/networking/core/cluster_traffic_policy.go`, applyOutlierDetection. */
function findForwardProxy(
  look: Look,
  { service, resource, path, settings, clusters, subset }: AppliedPolicy,
): readonly Finding[] {
  if (!settings.outlierDetection || subset || (settings.outlierDetection.minHealthPercent ?? 0) < 0) return [];
  if (!clusters.some((name) => isForwardProxy(look.cluster(name)))) return [];
  return [
    {
      resource,
      path: `${path}.outlierDetection`,
      message: `istiod ${look.mesh.profile.version} crashes on outlierDetection for ${service.hostname}, whose resolution is DYNAMIC_DNS: no proxy that sees both gets any further configuration. Remove outlierDetection; a dynamic forward proxy has no endpoints to eject.`,
    },
  ];
}

const isForwardProxy = (cluster: Cluster | undefined): boolean =>
  cluster !== undefined && isDynamicForwardProxyCluster(cluster);

/**
 * Endpoints are ranked as if a DNS cluster had one locality: those beyond the first one's have no place.
 * Source: istio `pilot/pkg/networking/core/cluster.go`, buildOutboundClusters, and
 * `loadbalancer/loadbalancer.go`, applyFailoverPriorityPerLocality.
 */
function findRanking(look: Look, { service, ports, resource, path, subset }: AppliedPolicy): readonly Finding[] {
  const { mesh, view } = look;
  if (subset || !mesh.profile.failoverPriorityInDnsClusters) return [];
  const policy = view.destinationRuleFor(service)?.spec.trafficPolicy;
  const crashes = ports.some((port) => {
    const cluster = look.cluster(outboundName(service.hostname, port.number));
    if (cluster?.type !== 'STRICT_DNS' && cluster?.type !== 'LOGICAL_DNS') return false;
    const { loadBalancer, outlierDetection } = selectPortPolicy(policy, port.number) ?? {};
    const { setting, alwaysFailsOver } = selectLocalityPreference(
      mesh.configuration,
      loadBalancer?.localityLbSetting,
      service,
    );
    if (setting?.distribute?.length || !setting?.failoverPriority?.length) return false;
    if (!alwaysFailsOver && !outlierDetection) return false;
    return new Set(mesh.endpointsOf(service, port).map(({ locality }) => locality)).size > 1;
  });
  return crashes
    ? [
        {
          resource,
          path: `${path}.loadBalancer.localityLbSetting`,
          message: `istiod ${mesh.profile.version} crashes on failoverPriority for ${service.hostname}: the service is looked up by DNS and has endpoints in several localities. No proxy that sees it gets any further configuration. Use failover by locality instead of failoverPriority, or resolution STATIC.`,
        },
      ]
    : [];
}
