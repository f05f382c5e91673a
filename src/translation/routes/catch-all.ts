import type { Destination } from '../../model/istio/virtual-service.ts';
import type { Route, RouteAction, VirtualHost } from '../../xds/types.ts';
import { clusterOf, findTarget } from './destination.ts';
import type { RouteContext } from './route-context.ts';
import { reportUnknownDestination } from './unknown-destination.ts';

/**
 * What becomes of requests for hosts that nobody registered: passed through, sent to the egress proxy, or answered 502.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, buildCatchAllVirtualHost.
 */
export function buildCatchAllVirtualHost(context: RouteContext): VirtualHost {
  const { mode, egressProxy } = context.view.outboundTrafficPolicy;
  if (mode !== 'ALLOW_ANY') {
    return virtualHost(context, 'block_all', { directResponse: { status: 502 } });
  }
  const cluster = egressProxy ? egressProxyCluster(context, egressProxy) : 'PassthroughCluster';
  const route: RouteAction = {
    cluster,
    ...(context.appendForwardedHost && { appendXForwardedHost: true }),
    timeout: '0s',
    maxGrpcTimeout: '0s',
  };
  return virtualHost(context, 'allow_any', { route });
}

function egressProxyCluster(context: RouteContext, destination: Destination): string {
  const target = findTarget(destination, undefined, 0);
  const { sidecar } = context.view;
  if (sidecar) {
    const path = 'spec.outboundTrafficPolicy.egressProxy';
    reportUnknownDestination(context, { target, from: sidecar, path });
  }
  return clusterOf(target);
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
