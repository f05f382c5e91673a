import { isWildcard } from '../../../model/hostname.ts';
import type { Service } from '../../../model/service.ts';
import type { Mesh } from '../../../registry/mesh.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { DnsCacheConfig, HttpFilter } from '../../../xds/types.ts';

/** Whether names under the service's wildcard host are resolved when a request asks for them. */
export function usesDynamicForwardProxy({ profile }: Mesh, service: Service): boolean {
  const isDynamic = service.resolution === 'dynamic-dns' && isWildcard(service.hostname);
  return isDynamic && profile.dynamicForwardProxyInSidecars;
}

/** Clusters and filters of one host share a DNS cache: the name is what ties them together. */
export function dnsCacheConfig({ mesh, proxy }: ProxyView, hostname: string): DnsCacheConfig {
  const ipv6 = mesh.profile.dynamicForwardProxyFollowsFamily && proxy.ipMode === 'IPv6';
  return { name: `${hostname}_dfp_dns_cache`, dnsLookupFamily: ipv6 ? 'V6_ONLY' : 'V4_ONLY' };
}

export function dynamicForwardProxyFilter(view: ProxyView, hostname: string): HttpFilter {
  return {
    name: 'envoy.filters.http.dynamic_forward_proxy',
    typedConfig: { '@type': typeUrls.httpDynamicForwardProxy, dnsCacheConfig: dnsCacheConfig(view, hostname) },
  };
}
