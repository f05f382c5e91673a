import { isWildcard } from '../../model/hostname.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Service } from '../../model/service.ts';
import type { Any, Cluster, ClusterDnsLookupFamily } from '../../xds/types.ts';

/** Wildcard hosts of a DYNAMIC_DNS entry: Envoy resolves the name that each request or connection asks for. */
export function isDynamicForwardProxy({ hostname, resolution }: Service): boolean {
  return resolution === 'dynamic-dns' && isWildcard(hostname);
}

const protocols: ReadonlySet<Protocol> = new Set(['HTTP', 'HTTP2', 'GRPC', 'TLS']);

/** Only protocols that name their destination can be forwarded; ports of others get no cluster. */
export function canBeForwarded(protocol: Protocol): boolean {
  return protocols.has(protocol);
}

/** The cluster shares its DNS cache, by name, with the filter that resolves names before routing. */
export function dynamicForwardProxyType(
  hostname: string,
  dnsLookupFamily: ClusterDnsLookupFamily,
  isInsecure: boolean,
): NonNullable<Cluster['clusterType']> {
  const typedConfig: Any = {
    '@type': 'type.googleapis.com/envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig',
    dnsCacheConfig: { name: `${hostname}_dfp_dns_cache`, dnsLookupFamily },
  };
  return {
    name: 'envoy.clusters.dynamic_forward_proxy',
    typedConfig: isInsecure ? { ...typedConfig, allowInsecureClusterOptions: true } : typedConfig,
  };
}
