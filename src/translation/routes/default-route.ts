import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import type { Protocol } from '../../model/protocol.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Route, RouteAction, RouteMatch } from '../../xds/types.ts';
import { buildRetryPolicy } from './retry-policy.ts';
import type { RouteContext } from './route-context.ts';

/** All requests for a service port, where no VirtualService says otherwise. */
export interface DefaultRoute {
  readonly cluster: string;
  readonly operation: string;
}

const everyRequest: RouteMatch = frozen({ prefix: '/' });

/** Without timeout, with the mesh's retries. */
export function buildDefaultOutboundRoute(
  { defaultAction, defaultRetries }: Pick<RouteContext, 'defaultAction' | 'defaultRetries'>,
  { cluster, operation, hashPolicy = [] }: DefaultRoute & Pick<RouteAction, 'hashPolicy'>,
): Route {
  const action = hashPolicy.length > 0 ? buildDefaultAction(defaultRetries, hashPolicy) : defaultAction;
  return defaultRoute(operation, { ...action, cluster });
}

/** What routes to services do, but for the cluster, which comes first. */
export function buildDefaultAction(
  defaultRetries: HTTPRetry | undefined,
  hashPolicy: NonNullable<RouteAction['hashPolicy']> = [],
): RouteAction {
  const retryPolicy = frozen(buildRetryPolicy(defaultRetries, { consistentHash: false }));
  return {
    cluster: '',
    timeout: '0s',
    ...(retryPolicy && { retryPolicy }),
    ...(hashPolicy.length > 0 && { hashPolicy }),
    maxGrpcTimeout: '0s',
  };
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
  return { name: 'default', match: everyRequest, route, decorator: { operation } };
}
