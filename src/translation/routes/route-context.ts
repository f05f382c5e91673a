import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import { proxyConfigOf } from '../../registry/proxy-config-of.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { RouteAction } from '../../xds/types.ts';
import type { ListenerClass } from '../http/listener-class.ts';
import { readProxyHeaders } from '../http/proxy-headers.ts';
import { buildDefaultAction } from './default-route.ts';

/** What all routes of one proxy have in common, found once. */
export interface RouteContext {
  readonly view: ProxyView;
  /** For routes that say nothing about retries themselves. */
  readonly defaultRetries: HTTPRetry | undefined;
  /** Of routes to services that no VirtualService routes. */
  readonly defaultAction: RouteAction;
  readonly includeRequestAttemptCount: boolean;
  readonly appendForwardedHost: boolean;
}

export function buildRouteContext(view: ProxyView, listenerClass: ListenerClass = 'sidecar-outbound'): RouteContext {
  const { defaultHttpRetryPolicy } = view.mesh.configuration;
  const headers = readProxyHeaders(proxyConfigOf(view), listenerClass);
  return {
    view,
    defaultRetries: defaultHttpRetryPolicy,
    defaultAction: buildDefaultAction(defaultHttpRetryPolicy),
    includeRequestAttemptCount: headers.includeRequestAttemptCount,
    appendForwardedHost: headers.appendForwardedHost,
  };
}
