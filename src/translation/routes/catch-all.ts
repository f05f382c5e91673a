import type { Route, RouteAction, VirtualHost } from '../../xds/types.ts';
import { destinationCluster } from './destination.ts';
import type { RouteContext } from './route-context.ts';

/**
 * What becomes of requests for hosts that nobody registered: passed through, sent to the egress proxy, or answered 502.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, buildCatchAllVirtualHost.
 */
export function buildCatchAllVirtualHost(context: RouteContext): VirtualHost {
  const { mode, egressProxy } = context.view.outboundTrafficPolicy;
  if (mode !== 'ALLOW_ANY') {
    return virtualHost(context, 'block_all', { directResponse: { status: 502 } });
  }
  const cluster = egressProxy ? destinationCluster(egressProxy, undefined, 0) : 'PassthroughCluster';
  const route: RouteAction = {
    cluster,
    ...(context.appendForwardedHost && { appendXForwardedHost: true }),
    timeout: '0s',
    maxGrpcTimeout: '0s',
  };
  return virtualHost(context, 'allow_any', { route });
}

function virtualHost(
  { includeRequestAttemptCount }: RouteContext,
  name: string,
  action: Pick<Route, 'route' | 'directResponse'>,
): VirtualHost {
  return {
    name,
    domains: ['*'],
    routes: [{ name, match: { prefix: '/' }, ...action }],
    ...(includeRequestAttemptCount && { includeRequestAttemptCount }),
  };
}
