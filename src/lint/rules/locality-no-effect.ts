import type { LocalityLoadBalancerSetting } from '../../model/istio/destination-rule.ts';
import { type AppliedPolicy, listPorts } from '../applied-policy.ts';
import type { Look } from '../look.ts';
import type { Rule } from '../rule.ts';
import { isDynamicForwardProxyCluster } from '../upstream-tls.ts';

export const localityNoEffect: Rule = {
  code: 'locality-no-effect',
  severity: 'warning',
  documentation:
    'localityLbSetting prefers endpoints by where they run. It needs endpoints (not with resolution NONE or DYNAMIC_DNS), and they need a locality (`locality: region/zone` on the endpoint of an entry, topology labels on a node), or the labels that failoverPriority compares. Without, all endpoints rank the same and the setting changes nothing.',
  fromProxy: (look) =>
    look.policies.flatMap((policy) => {
      const setting = policy.settings.loadBalancer?.localityLbSetting;
      const reason = setting && choosesByPlace(setting) ? reasonFor(look, policy, setting) : undefined;
      return reason === undefined
        ? []
        : [
            {
              resource: policy.resource,
              path: `${policy.path}.loadBalancer.localityLbSetting`,
              message: `localityLbSetting has no effect for ${policy.service.hostname}, ${listPorts(policy.ports)}: ${reason}.`,
            },
          ];
    }),
};

function choosesByPlace({ enabled, distribute, failover, failoverPriority }: LocalityLoadBalancerSetting): boolean {
  return enabled !== false && Boolean(distribute?.length || failover?.length || failoverPriority?.length);
}

function reasonFor(
  look: Look,
  { service, ports, clusters }: AppliedPolicy,
  { distribute, failoverPriority }: LocalityLoadBalancerSetting,
): string | undefined {
  const sent = clusters.flatMap((name) => look.cluster(name) ?? []);
  if (sent.some(isDynamicForwardProxyCluster)) return 'a dynamic forward proxy looks up each name by itself';
  if (sent.some(({ type }) => type === 'ORIGINAL_DST'))
    return 'Envoy connects to the address that the client chose (ORIGINAL_DST)';
  const endpoints = ports.flatMap((port) => look.mesh.endpointsOf(service, port));
  if (endpoints.length === 0) return undefined;
  if (!distribute?.length && failoverPriority?.length) {
    const names = failoverPriority.map((text) => text.split('=')[0] ?? '');
    const labelled = endpoints.some(({ workload }) => names.some((name) => Object.hasOwn(workload.labels, name)));
    return labelled ? undefined : `no endpoint has any of the labels ${names.join(', ')}`;
  }
  if (endpoints.some(({ workload }) => workload.locality !== '')) return undefined;
  return 'no endpoint says where it runs; give each a locality (region/zone/subzone)';
}
