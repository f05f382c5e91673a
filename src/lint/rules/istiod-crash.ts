import type { Port, Service } from '../../model/service.ts';
import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import type { KnownHost } from '../../registry/proxy-view.ts';
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
    'istiod dereferences nothing, or an index that is out of range, while it builds this proxy’s clusters. The push fails, and so does every later one: proxies keep what they had, new ones get nothing. Two inputs are known to do it: outlierDetection for a host of a DYNAMIC_DNS entry, and the ranking of endpoints by labels (failoverPriority with outlierDetection, or traffic distribution) for a DNS entry whose endpoints are in several localities. Remove outlierDetection or the distribution (Istio 1.30.3 and the 1.31 release branch still do this).',
  fromProxy: (look) => [
    ...look.policies.flatMap((policy) => findForwardProxy(look, policy)),
    ...look.view.knownHosts.flatMap((known) => findRanking(look, known)),
  ],
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
function findRanking(look: Look, { service, outboundRule }: KnownHost): readonly Finding[] {
  const { profile } = look.mesh;
  if (!profile.failoverPriorityInDnsClusters) return [];
  const port = service.ports.find(
    (one) => isRanked(look, { service, outboundRule }, one) && hasLocalities(look, service, one),
  );
  if (!port) return [];
  const policy = look.policies.find(
    (one) =>
      one.service === service &&
      !one.subset &&
      one.ports.includes(port) &&
      one.settings.loadBalancer?.localityLbSetting,
  );
  const asked = policy
    ? { resource: policy.resource, path: `${policy.path}.loadBalancer.localityLbSetting`, what: 'failoverPriority' }
    : { resource: service.origin, path: pathOfDistribution(service), what: 'traffic distribution' };
  return [
    {
      resource: asked.resource,
      path: asked.path,
      message: `istiod ${profile.version} crashes on ${asked.what} for ${service.hostname}: the service is looked up by DNS and has endpoints in several localities. No proxy that sees it gets any further configuration. Use failover by locality instead, or resolution STATIC.`,
    },
  ];
}

/** Whether istiod orders the endpoints of the port by labels, in a cluster that carries them itself. */
function isRanked(
  look: Look,
  { service, outboundRule }: Pick<KnownHost, 'service' | 'outboundRule'>,
  port: Port,
): boolean {
  const policy = selectPortPolicy(outboundRule?.spec.trafficPolicy, port.number);
  const { setting, failsOver } = selectLocalityPreference(look.mesh.configuration, policy, service);
  if (!failsOver || setting?.distribute?.length || !setting?.failoverPriority?.length) return false;
  const type = look.cluster(outboundName(service.hostname, port.number))?.type;
  return type === 'STRICT_DNS' || type === 'LOGICAL_DNS';
}

function hasLocalities({ mesh }: Look, service: Service, port: Port): boolean {
  return new Set(mesh.endpointsOf(service, port).map(({ workload }) => workload.locality)).size > 1;
}

function pathOfDistribution({ origin: { metadata } }: Service): string {
  const annotation = 'networking.istio.io/traffic-distribution';
  return metadata.annotations[annotation] === undefined ? 'spec' : `metadata.annotations["${annotation}"]`;
}
