import type { Protocol } from '../../../model/protocol.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { dnsCacheConfig } from '../../http/filters/dynamic-forward-proxy.ts';

/** Database protocols that Envoy can look into; by default istiod only does so for Mongo. */
export function databaseFilters(protocol: Protocol, statPrefix: string): readonly ConfigFilter[] {
  if (protocol !== 'Mongo') return noFilters;
  return [{ name: 'envoy.filters.network.mongo_proxy', typedConfig: { '@type': typeUrls.mongoProxy, statPrefix } }];
}

export const noFilters: readonly ConfigFilter[] = [];

export const sniDynamicForwardProxyName = 'envoy.extensions.filters.network.sni_dynamic_forward_proxy';

/** Resolves the server name that the client asks for, so that one cluster serves every name under a wildcard. */
export function sniDynamicForwardProxy(view: ProxyView, service: Service, port: number): ConfigFilter {
  return {
    name: sniDynamicForwardProxyName,
    typedConfig: {
      '@type': typeUrls.sniDynamicForwardProxy,
      dnsCacheConfig: dnsCacheConfig(view, service.hostname),
      portValue: port,
    },
  };
}
