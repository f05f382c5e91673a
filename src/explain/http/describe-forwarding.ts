import type { HeaderValueOption, RetryPolicy, Route, RouteAction } from '../../xds/types.ts';
import type { HttpRequest } from './http-request.ts';
import { percentOf } from './percent-of.ts';
import { rewritePath } from './redirect-location.ts';

/** What the route does to a request that it forwards, one sentence each. */
export function describeForwarding(action: RouteAction, { match }: Route, request: HttpRequest): readonly string[] {
  // A tunnel has no answer to wait for.
  if (match.connectMatcher) return [];
  return [
    ...describeTimeout(action),
    ...describeRetries(action.retryPolicy),
    ...describeRewrite(action, match, request),
    ...describeMirrors(action),
    ...describeHashing(action),
  ];
}

function describeTimeout({ timeout, maxStreamDuration }: RouteAction): readonly string[] {
  const limit = maxStreamDuration?.maxStreamDuration ?? timeout;
  if (limit === undefined) return ['The answer must be complete within 15s, Envoy’s default.'];
  if (/^0(\.0+)?s$/.test(limit)) return ['No timeout limits the request.'];
  return [`The answer must be complete within ${limit}, retries included.`];
}

function describeRetries(policy: RetryPolicy | undefined): readonly string[] {
  if (!policy) return ['Nothing is retried.'];
  const { numRetries = 1, perTryTimeout, retryOn = '' } = policy;
  if (numRetries === 0) return ['Nothing is retried.'];
  const each = perTryTimeout === undefined ? '' : ` of ${perTryTimeout} each`;
  return [`Up to ${numRetries} ${numRetries === 1 ? 'retry' : 'retries'}${each} on ${retryOn.split(',').join(', ')}.`];
}

function describeRewrite(
  action: RouteAction,
  match: Route['match'],
  { path, headers }: HttpRequest,
): readonly string[] {
  const { hostRewriteLiteral, autoHostRewrite, hostRewriteHeader } = action;
  const rewritten = rewritePath(action, match, path);
  const fromHeader = hostRewriteHeader === undefined ? undefined : headers.get(hostRewriteHeader.toLowerCase());
  return [
    ...(hostRewriteLiteral === undefined ? [] : [`The Host becomes ${hostRewriteLiteral}.`]),
    ...(fromHeader === undefined ? [] : [`The Host becomes ${fromHeader}.`]),
    ...(autoHostRewrite ? ['The Host becomes the name of the endpoint.'] : []),
    ...(rewritten === path ? [] : [`The path becomes ${rewritten}.`]),
  ];
}

function describeMirrors({ requestMirrorPolicies = [] }: RouteAction): readonly string[] {
  return requestMirrorPolicies.map(({ cluster = '', runtimeFraction }) => {
    const share = percentOf(runtimeFraction?.defaultValue ?? { numerator: 100 });
    return `${share} % of the requests are also sent to ${cluster}, whose answers are dropped.`;
  });
}

function describeHashing({ hashPolicy = [] }: RouteAction): readonly string[] {
  const by = hashPolicy.flatMap(({ header, cookie, connectionProperties, queryParameter }) => [
    ...(header ? [`the header ${header.headerName}`] : []),
    ...(cookie ? [`the cookie ${cookie.name}`] : []),
    ...(connectionProperties?.sourceIp ? ['the client’s address'] : []),
    ...(queryParameter ? [`the query parameter ${queryParameter.name}`] : []),
  ]);
  return by.length === 0 ? [] : [`Requests with the same hash of ${by.join(', ')} go to the same endpoint.`];
}

/** Headers that the route adds or removes, in both directions. */
export function describeHeaders(route: Route): readonly string[] {
  const { requestHeadersToAdd = [], requestHeadersToRemove = [] } = route;
  const { responseHeadersToAdd = [], responseHeadersToRemove = [] } = route;
  return [
    ...changes('request', requestHeadersToAdd, requestHeadersToRemove),
    ...changes('answer', responseHeadersToAdd, responseHeadersToRemove),
  ];
}

function changes(what: string, added: readonly HeaderValueOption[], removed: readonly string[]): readonly string[] {
  const set = added.map(({ header }) => `${header.key}: ${header.value ?? ''}`);
  return [
    ...(set.length === 0 ? [] : [`Headers set on the ${what}: ${set.join(', ')}.`]),
    ...(removed.length === 0 ? [] : [`Headers removed from the ${what}: ${removed.join(', ')}.`]),
  ];
}
