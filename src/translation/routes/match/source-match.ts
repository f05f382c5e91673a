import type { HTTPMatchRequest } from '../../../model/istio/virtual-service.ts';
import type { Proxy } from '../../../model/proxy.ts';

/** The proxy for which routes are built, as a match sees it. */
export interface RouteSource {
  readonly proxy: Pick<Proxy, 'labels' | 'namespace'>;
  /** `mesh` for a sidecar; the gateways that a gateway proxy serves. */
  readonly gatewayNames: ReadonlySet<string>;
  readonly listenerPort: number;
}

/**
 * What a match asks of the proxy is decided here, not by Envoy. Where it names gateways, labels and namespace of the
 * source do not count. Source: istio `pilot/pkg/networking/core/route/route.go`, sourceMatchHTTP.
 */
export function matchesSource(match: HTTPMatchRequest | undefined, source: RouteSource): boolean {
  if (!match) return true;
  if (match.port && match.port !== source.listenerPort) return false;
  if (match.gateways && match.gateways.length > 0) {
    return match.gateways.some((gateway) => source.gatewayNames.has(gateway));
  }
  for (const key in match.sourceLabels) if (source.proxy.labels[key] !== match.sourceLabels[key]) return false;
  return !match.sourceNamespace || match.sourceNamespace === source.proxy.namespace;
}
