import { isWildcard } from '../../../model/hostname.ts';
import type { Service } from '../../../model/service.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { DnsCacheConfig, HttpFilter } from '../../../xds/types.ts';

/** Whether names under the service's wildcard host are resolved when a request asks for them. */
export function usesDynamicForwardProxy(service: Service): boolean {
  return service.resolution === 'dynamic-dns' && isWildcard(service.hostname);
}

/** Clusters and filters of one host share a DNS cache: the name is what ties them together. */
export function dnsCacheConfig(hostname: string): DnsCacheConfig {
  return { name: `${hostname}_dfp_dns_cache`, dnsLookupFamily: 'V4_ONLY' };
}

export function dynamicForwardProxyFilter(hostname: string): HttpFilter {
  return {
    name: 'envoy.filters.http.dynamic_forward_proxy',
    typedConfig: { '@type': typeUrls.httpDynamicForwardProxy, dnsCacheConfig: dnsCacheConfig(hostname) },
  };
}
