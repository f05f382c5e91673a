import type { HTTPRoute, HTTPRouteDestination } from '../../../model/istio/virtual-service.ts';
import type { Draft } from '../../../xds/draft.ts';
import type { RetryPolicy, RouteAction, RouteMatch } from '../../../xds/types.ts';
import { clusterOf, type Destinations, type Target } from '../destination.ts';
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
  /** Absent where weights decide. */
  readonly target: Target;
  readonly headers: HeaderChanges | undefined;
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
  const destined = destine(http.route ?? [], options);
  const { target, hashPolicy, consistentHash, headers } = destined;
  const authority = rewrite?.authority || headerAuthority || destined.authority;
  const mirrors = buildMirrorPolicies(http, options);
  const retryPolicy = buildRetryPolicy(retries, { consistentHash });
  if (retryPolicy && !rewrite && !authority && semantics !== 'gateway' && mirrors.length + hashPolicy.length === 0) {
    return { route: forwardAndRetry(destined, retryPolicy, timeout), target, headers };
  }
  const route: Draft<RouteAction> = specifierOf(destined);
  // The Gateway API answers 500 for a backend that does not exist.
  if (semantics === 'gateway') route.clusterNotFoundResponseCode = 'INTERNAL_SERVER_ERROR';
  if (rewrite) Object.assign(route, buildPathRewrite(rewrite, { match: routeMatch, semantics }));
  if (authority) route.hostRewriteLiteral = authority;
  if (rewrite && context.appendForwardedHost) route.appendXForwardedHost = true;
  route.timeout = timeout;
  if (retryPolicy) route.retryPolicy = retryPolicy;
  if (mirrors.length > 0) route.requestMirrorPolicies = mirrors;
  if (hashPolicy.length > 0) route.hashPolicy = hashPolicy;
  // Without it, gRPC's own timeout header would not be looked at.
  route.maxGrpcTimeout = timeout;
  return { route, target, headers };
}

/** What most routes say, laid out at once. */
function forwardAndRetry(
  { cluster, weightedClusters }: Specifier,
  retryPolicy: RetryPolicy,
  timeout: string,
): RouteAction {
  return cluster === undefined
    ? { weightedClusters, timeout, retryPolicy, maxGrpcTimeout: timeout }
    : { cluster, timeout, retryPolicy, maxGrpcTimeout: timeout };
}

function specifierOf({ cluster, weightedClusters }: Specifier): RouteAction {
  return cluster === undefined ? { weightedClusters } : { cluster };
}

/** The cluster, or several by weight. */
type Specifier =
  | { readonly cluster: string; readonly weightedClusters?: undefined }
  | { readonly cluster?: undefined; readonly weightedClusters: NonNullable<RouteAction['weightedClusters']> };

type Destined = Specifier & Destination;

interface Destination {
  /** Of a single destination. */
  readonly target: Target;
  readonly hashPolicy: NonNullable<RouteAction['hashPolicy']>;
  readonly consistentHash: boolean;
  /** Of a single destination: counts where the route itself sets none. */
  readonly authority: string | undefined;
  readonly headers: HeaderChanges | undefined;
}

/** A hash over one destination also changes its retries; over several it does not. */
function destine(destinations: readonly HTTPRouteDestination[], options: ForwardOptions): Destined {
  const [only] = destinations;
  if (!only || destinations.length > 1) {
    const { weightedClusters, hashPolicy } = buildWeightedClusters(destinations, options);
    return {
      weightedClusters,
      hashPolicy,
      consistentHash: false,
      target: undefined,
      authority: undefined,
      headers: undefined,
    };
  }
  const destination = only.destination ?? {};
  const hash = options.hashOf(destination);
  const { changes, authority } = readHeaders(only.headers);
  const target = options.targetOf(destination);
  const hashPolicy = buildHashPolicy(hash);
  return {
    target,
    cluster: clusterOf(target),
    hashPolicy,
    consistentHash: hash !== undefined,
    authority,
    headers: changes,
  };
}
