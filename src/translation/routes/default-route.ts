import type { Protocol } from '../../model/protocol.ts';
import type { Route, RouteAction } from '../../xds/types.ts';
import { buildRetryPolicy } from './retry-policy.ts';
import type { RouteContext } from './route-context.ts';

/** All requests for a service port, where no VirtualService says otherwise. */
export interface DefaultRoute {
  readonly cluster: string;
  readonly operation: string;
}

/** Without timeout, with the mesh's retries. */
export function buildDefaultOutboundRoute(
  { defaultRetries }: Pick<RouteContext, 'defaultRetries'>,
  { cluster, operation, hashPolicy = [] }: DefaultRoute & Pick<RouteAction, 'hashPolicy'>,
): Route {
  const retryPolicy = buildRetryPolicy(defaultRetries, { consistentHash: false });
  return defaultRoute(operation, {
    cluster,
    timeout: '0s',
    ...(retryPolicy && { retryPolicy }),
    ...(hashPolicy.length > 0 && { hashPolicy }),
    maxGrpcTimeout: '0s',
  });
}

/** Requests that never reached the application are tried again, except those of gRPC streams. */
export function buildDefaultInboundRoute({ cluster, operation }: DefaultRoute, protocol: Protocol): Route {
  const isGrpc = protocol === 'GRPC' || protocol === 'GRPC-Web';
  return defaultRoute(operation, {
    cluster,
    timeout: '0s',
    ...(!isGrpc && { retryPolicy: { retryOn: 'reset-before-request', numRetries: 2 } }),
    maxStreamDuration: { maxStreamDuration: '0s', grpcTimeoutHeaderMax: '0s' },
  });
}

function defaultRoute(operation: string, route: RouteAction): Route {
  return { name: 'default', match: { prefix: '/' }, route, decorator: { operation } };
}
