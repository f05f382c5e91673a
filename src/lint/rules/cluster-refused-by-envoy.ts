import { portPath } from '../../model/port-path.ts';
import { parseResourceName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';
import { httpOptionsOf, isDynamicForwardProxyCluster } from '../upstream-tls.ts';

export const clusterRefusedByEnvoy: Rule = {
  code: 'cluster-refused-by-envoy',
  severity: 'error',
  documentation:
    'istiod sends a cluster that Envoy does not load: the cluster is missing (requests get 503 with the flag NC), and istioctl shows the proxy as out of date. A dynamic forward proxy whose HTTP options are set explicitly must check the SNI and the certificate’s name; istiod sets neither without TLS. HTTP options are explicit for ports of protocol HTTP2 and GRPC, and where the DestinationRule has connectionPool settings for HTTP. Use protocol HTTP or TLS and leave those settings out, or originate TLS (mode SIMPLE).',
  fromProxy: (look) =>
    look.snapshot.clusters.flatMap((cluster) => {
      const reason = refusal(cluster);
      return reason === undefined ? [] : describe(look, cluster, reason);
    }),
};

function refusal(cluster: Cluster): string | undefined {
  if (!isDynamicForwardProxyCluster(cluster)) return undefined;
  const config = cluster.clusterType?.typedConfig as { readonly allowInsecureClusterOptions?: boolean } | undefined;
  const options = httpOptionsOf(cluster);
  if (!options || config?.allowInsecureClusterOptions) return undefined;
  if (options.autoSni && options.autoSanValidation) return undefined;
  return 'a dynamic forward proxy with explicit HTTP options must have auto_sni and auto_san_validation, which istiod only sets together with TLS';
}

function describe(look: Look, { name = '' }: Cluster, reason: string): readonly Finding[] {
  const target = parseResourceName(name);
  const service = target && look.view.serviceFor(target.hostname);
  if (!service) return [];
  const port = service.ports.find(({ number }) => number === target.port);
  const policy = look.policies.find((one) => one.clusters.includes(name) && one.settings.connectionPool);
  const isPooled = policy !== undefined && (port?.protocol === 'HTTP' || port?.protocol === 'TLS');
  const remedy = isPooled
    ? 'Remove connectionPool, or originate TLS (mode SIMPLE)'
    : 'Use protocol HTTP or TLS, or originate TLS (mode SIMPLE)';
  return [
    {
      resource: isPooled ? policy.resource : service.origin,
      path: isPooled ? `${policy.path}.connectionPool` : portPath(service.origin, target.port),
      message: `Envoy refuses to load cluster "${name}": ${reason}. Requests to ${target.hostname}, port ${target.port}, are answered with 503 (NC). ${remedy}.`,
    },
  ];
}
