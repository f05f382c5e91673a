import type { ProxyConfig } from '../model/istio/mesh-config.ts';
import type { ProxyView } from './proxy-view.ts';

/** The configuration that the proxy was started with, where it says so; otherwise the mesh's default. */
export function proxyConfigOf({ mesh, proxy }: Pick<ProxyView, 'mesh' | 'proxy'>): ProxyConfig {
  const { PROXY_CONFIG } = proxy.metadata;
  return isObject(PROXY_CONFIG) ? (PROXY_CONFIG as ProxyConfig) : mesh.defaultProxyConfig;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
