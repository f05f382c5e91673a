import type { Proxy } from '../../../model/proxy.ts';

/**
 * The names under which clients ask for an alias: in full, with the final dot, and shortened as the search domains of
 * the proxy's namespace allow. Source: istio `pilot/pkg/networking/core/httproute.go`, GenerateAltVirtualHosts.
 */
export function aliasServerNames(hostname: string, { dnsDomain }: Proxy): readonly string[] {
  const names = [hostname, `${hostname}.`];
  const [proxyNamespace = ''] = dnsDomain.split('.svc.');
  const clusterSuffix = dnsDomain.slice(proxyNamespace.length);
  const serviceEnd = hostname.indexOf('.svc.');
  const nameEnd = hostname.indexOf('.');
  if (!hostname.endsWith(clusterSuffix) || serviceEnd <= 0 || nameEnd >= serviceEnd) return names;
  const qualified = hostname.slice(0, serviceEnd);
  if (qualified.slice(nameEnd + 1) !== proxyNamespace) return [...names, qualified, `${qualified}.svc`];
  return [...names, qualified.slice(0, nameEnd), `${qualified}.svc`, qualified];
}
