import { proxyConfigOf } from '../../registry/proxy-config-of.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { ListenerClass } from '../http/listener-class.ts';
import { readProxyHeaders } from '../http/proxy-headers.ts';
import { type RouteDefaults, readRouteDefaults } from './default-route.ts';

/** What all routes of one proxy have in common, found once. */
export interface RouteContext extends RouteDefaults {
  readonly view: ProxyView;
  readonly includeRequestAttemptCount: boolean;
  readonly appendForwardedHost: boolean;
}

export function buildRouteContext(view: ProxyView, listenerClass: ListenerClass = 'sidecar-outbound'): RouteContext {
  const headers = readProxyHeaders(proxyConfigOf(view), listenerClass);
  return {
    view,
    ...readRouteDefaults(view.mesh),
    includeRequestAttemptCount: headers.includeRequestAttemptCount,
    appendForwardedHost: headers.appendForwardedHost,
  };
}
