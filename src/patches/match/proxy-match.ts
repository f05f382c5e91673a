import { RE2JS } from 're2js';
import type { ProxyMatch } from '../../model/istio/envoy-filter.ts';
import type { Proxy } from '../../model/proxy.ts';

/** Longer patterns match no proxy where istiod bounds them. Source: istio `pilot/pkg/model/envoyfilter.go`, proxyMatch. */
const longestPattern = 1024;

/**
 * The version is searched for the pattern. Metadata is never found: the simulated proxies are known to istiod by what it
 * reads of their metadata, not by the whole of it.
 */
export function matchesProxy(
  { proxyVersion = '', metadata = {} }: ProxyMatch,
  proxy: Proxy,
  boundsPatterns: boolean,
): boolean {
  if (Object.keys(metadata).length > 0) return false;
  if (proxyVersion === '') return true;
  const version = proxy.metadata['ISTIO_VERSION'];
  if (typeof version !== 'string' || version === '') return false;
  return (
    !(boundsPatterns && proxyVersion.length > longestPattern) && RE2JS.compile(proxyVersion).matcher(version).find()
  );
}
