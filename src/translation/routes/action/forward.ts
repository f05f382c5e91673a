import type { HTTPRoute, HTTPRouteDestination } from '../../../model/istio/virtual-service.ts';
import type { RouteAction, RouteMatch } from '../../../xds/types.ts';
import type { Destinations } from '../destination.ts';
import { buildHashPolicy } from '../hash-policy.ts';
import { type HeaderChanges, readHeaders } from '../header-operations.ts';
import { buildMirrorPolicies } from '../mirror.ts';
import { buildRetryPolicy } from '../retry-policy.ts';
import type { RouteContext } from '../route-context.ts';
import type { RouteSemantics } from '../route-semantics.ts';
import { buildPathRewrite } from './rewrite.ts';
import { buildWeightedClusters } from './weighted-clusters.ts';

export interface ForwardOptions extends Destinations {
  readonly context: RouteContext;
  readonly semantics: RouteSemantics;
}

export interface ForwardedRequest {
  readonly routeMatch: RouteMatch;
  /** The authority that the route's header operations set. */
  readonly authority: string | undefined;
}

export interface Forward {
  readonly route: RouteAction;
  readonly headers?: HeaderChanges;
}

/**
 * The action that sends requests upstream, and the header changes of a single destination, which Envoy keeps on the
 * route. Source: istio `pilot/pkg/networking/core/route/route.go`, applyHTTPRouteDestination.
 */
export function buildForward(
  http: HTTPRoute,
  options: ForwardOptions,
  { routeMatch, authority: headerAuthority }: ForwardedRequest,
): Forward {
  const { context, semantics } = options;
  const { timeout = '0s', rewrite, retries = context.defaultRetries } = http;
  const target = buildTarget(http.route ?? [], options);
  const authority = rewrite?.authority || headerAuthority || target.authority;
  const mirrors = buildMirrorPolicies(http, options);
  const retryPolicy = buildRetryPolicy(retries, { consistentHash: target.consistentHash });
  const route: RouteAction = {
    ...target.specifier,
    // The Gateway API answers 500 for a backend that does not exist.
    ...(semantics === 'gateway' && { clusterNotFoundResponseCode: 'INTERNAL_SERVER_ERROR' as const }),
    ...(rewrite && buildPathRewrite(rewrite, { match: routeMatch, semantics })),
    ...(authority && { hostRewriteLiteral: authority }),
    ...(rewrite && context.appendForwardedHost && { appendXForwardedHost: true }),
    timeout,
    ...(retryPolicy && { retryPolicy }),
    ...(mirrors.length > 0 && { requestMirrorPolicies: mirrors }),
    ...(target.hashPolicy.length > 0 && { hashPolicy: target.hashPolicy }),
    // Without it, gRPC's own timeout header would not be looked at.
    maxGrpcTimeout: timeout,
  };
  return { route, ...(target.headers && { headers: target.headers }) };
}

interface Target {
  readonly specifier: Pick<RouteAction, 'cluster' | 'weightedClusters'>;
  readonly hashPolicy: NonNullable<RouteAction['hashPolicy']>;
  readonly consistentHash: boolean;
  /** Of a single destination: counts where the route itself sets none. */
  readonly authority?: string | undefined;
  readonly headers?: HeaderChanges;
}

/** A hash over one destination also changes its retries; over several it does not. */
function buildTarget(destinations: readonly HTTPRouteDestination[], options: ForwardOptions): Target {
  const [only, ...others] = destinations;
  if (!only || others.length > 0) {
    return { ...buildWeightedClusters(destinations, options), consistentHash: false };
  }
  const destination = only.destination ?? {};
  const hash = options.hashOf(destination);
  const { changes, authority } = readHeaders(only.headers ?? {});
  return {
    specifier: { cluster: options.clusterOf(destination) },
    hashPolicy: buildHashPolicy(hash),
    consistentHash: hash !== undefined,
    authority,
    headers: changes,
  };
}
