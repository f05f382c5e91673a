import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import { proxyConfigOf } from '../../registry/proxy-config-of.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { ListenerClass } from '../http/listener-class.ts';
import { readProxyHeaders } from '../http/proxy-headers.ts';

/** What all routes of one proxy have in common, found once. */
export interface RouteContext {
  readonly view: ProxyView;
  /** For routes that say nothing about retries themselves. */
  readonly defaultRetries: HTTPRetry | undefined;
  readonly includeRequestAttemptCount: boolean;
  readonly appendForwardedHost: boolean;
  readonly reports: RouteReports;
}

/** Says each thing once, however many route configurations it concerns. */
export interface RouteReports {
  once(key: string, diagnostic: () => Parameters<ProxyView['mesh']['report']>[0]): void;
}

export function buildRouteContext(view: ProxyView, listenerClass: ListenerClass = 'sidecar-outbound'): RouteContext {
  const headers = readProxyHeaders(proxyConfigOf(view), listenerClass);
  return {
    view,
    defaultRetries: view.mesh.configuration.defaultHttpRetryPolicy,
    includeRequestAttemptCount: headers.includeRequestAttemptCount,
    appendForwardedHost: headers.appendForwardedHost,
    reports: reportOnce(view),
  };
}

function reportOnce({ mesh }: ProxyView): RouteReports {
  const reported = new Set<string>();
  return {
    once(key, diagnostic) {
      if (reported.has(key)) return;
      reported.add(key);
      mesh.report(diagnostic());
    },
  };
}
