import { typeUrls } from '../../xds/type-urls.ts';
import type { Route, VirtualHost } from '../../xds/types.ts';
import { matchString } from '../match-string.ts';
import { filterConfigOf } from './filter-config.ts';
import type { HttpWalk } from './http-walk.ts';

/** Whether the CORS filter answers the request itself: a preflight of an origin that the route allows. */
export function answersPreflight(http: HttpWalk, virtualHost: VirtualHost, route: Route): boolean {
  const { headers, method } = http.request;
  const origin = headers.get('origin');
  if (method !== 'OPTIONS' || origin === undefined || !headers.has('access-control-request-method')) return false;
  const policy = filterConfigOf(http, [route, virtualHost], typeUrls.corsPolicy);
  if (!policy || policy.filterEnabled?.defaultValue.numerator === 0) return false;
  const allowed = (policy.allowOriginStringMatch ?? []).some((matcher) => matchString(matcher, origin));
  return allowed || policy.forwardNotMatchingPreflights === false;
}
