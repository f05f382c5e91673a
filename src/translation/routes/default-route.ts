import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Route, RouteAction, RouteMatch } from '../../xds/types.ts';
import { buildRetryPolicy } from './retry-policy.ts';

/** What the mesh says of routes that say nothing themselves. */
export interface RouteDefaults {
  readonly defaultRetries: HTTPRetry | undefined;
  /** Of routes to services that no VirtualService routes. */
  readonly defaultAction: RouteAction;
}

export function readRouteDefaults({ configuration }: Mesh): RouteDefaults {
  const { defaultHttpRetryPolicy } = configuration;
  return { defaultRetries: defaultHttpRetryPolicy, defaultAction: buildDefaultAction(defaultHttpRetryPolicy) };
}

/** All requests for a service port, where no VirtualService says otherwise. */
export interface DefaultRoute {
  readonly cluster: string;
  readonly operation: string;
}

const everyRequest: RouteMatch = frozen({ prefix: '/' });

/** Without timeout, with the mesh's retries. */
export function buildDefaultOutboundRoute(
  { defaultAction, defaultRetries }: RouteDefaults,
  { cluster, operation, hashPolicy = [] }: DefaultRoute & Pick<RouteAction, 'hashPolicy'>,
): Route {
  const action = hashPolicy.length > 0 ? buildDefaultAction(defaultRetries, hashPolicy) : defaultAction;
  return defaultRoute(operation, { ...action, cluster });
}

/** The cluster is filled in: it comes first. */
function buildDefaultAction(
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
