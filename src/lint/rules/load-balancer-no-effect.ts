import type { LoadBalancerSettings } from '../../model/istio/destination-rule.ts';
import type { Cluster } from '../../xds/types.ts';
import { listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';
import { isDynamicForwardProxyCluster } from '../upstream-tls.ts';

export const loadBalancerNoEffect: Rule = {
  code: 'load-balancer-no-effect',
  severity: 'warning',
  documentation:
    'A load balancer chooses between endpoints. With resolution NONE there are none (Envoy connects where the client wanted to), with DYNAMIC_DNS Envoy looks up each name as it comes, and with DNS_ROUND_ROBIN the whole service is one endpoint with one current address. Consistent hashing (sticky sessions), warm-up and the choice of an algorithm do nothing there. Use resolution STATIC or DNS, which give Envoy endpoints to choose from.',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, clusters }) => {
      const field = chosenField(settings.loadBalancer);
      if (field === undefined) return [];
      const reason = clusters.map((name) => reasonOf(look.cluster(name))).find((found) => found !== undefined);
      if (reason === undefined) return [];
      return [
        {
          resource,
          path: `${path}.loadBalancer.${field}`,
          severity: field === 'simple' ? 'info' : 'warning',
          message: `${field} has no effect for ${service.hostname}, ${listPorts(ports)}: ${reason}. Use resolution STATIC or DNS to have endpoints to choose from.`,
        },
      ];
    }),
};

function chosenField(settings: LoadBalancerSettings | undefined): string | undefined {
  if (settings?.consistentHash) return 'consistentHash';
  if (settings?.warmup) return 'warmup';
  const { simple = 'UNSPECIFIED' } = settings ?? {};
  return simple === 'UNSPECIFIED' || simple === 'PASSTHROUGH' ? undefined : 'simple';
}

function reasonOf(cluster: Cluster | undefined): string | undefined {
  if (!cluster) return undefined;
  if (isDynamicForwardProxyCluster(cluster)) return 'a dynamic forward proxy looks up each name by itself';
  if (cluster.type === 'ORIGINAL_DST') return 'Envoy connects to the address that the client chose (ORIGINAL_DST)';
  if (cluster.type === 'LOGICAL_DNS') return 'to Envoy the service is one endpoint, whatever DNS answers (LOGICAL_DNS)';
  return undefined;
}
