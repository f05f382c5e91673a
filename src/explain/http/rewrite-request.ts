import type { HeaderValueOption, Route, RouteAction } from '../../xds/types.ts';
import type { ForwardedHttp } from '../clusters/upstream.ts';
import type { HttpWalk } from './http-walk.ts';
import { rewritePath } from './redirect-location.ts';

/** The request as the route sends it on: host, path and headers rewritten. */
export function rewriteRequest({ request, walk }: HttpWalk, route: Route, action: RouteAction): ForwardedHttp {
  const path = rewritePath(action, route.match, request.path);
  const named = action.hostRewriteHeader === undefined ? undefined : request.headers.get(action.hostRewriteHeader);
  return {
    host: action.hostRewriteLiteral ?? named ?? request.authority,
    path: request.query === undefined ? path : `${path}?${request.query}`,
    method: request.method,
    headers: rewriteHeaders(walk.connection.headers, route),
  };
}

function rewriteHeaders(
  headers: Readonly<Record<string, string>>,
  { requestHeadersToAdd = [], requestHeadersToRemove = [] }: Route,
): Readonly<Record<string, string>> {
  const removed = new Set(['host', ...requestHeadersToRemove.map((name) => name.toLowerCase())]);
  const kept = Object.entries(headers).filter(([name]) => !removed.has(name));
  return Object.fromEntries([...kept, ...requestHeadersToAdd.flatMap((option) => addedHeader(option, headers))]);
}

/** Formatted values, such as `%REQ(x)%`, are known to Envoy alone. */
function addedHeader(
  { header, appendAction }: HeaderValueOption,
  headers: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const name = header.key.toLowerCase();
  const value = header.value ?? '';
  const present = headers[name];
  if (appendAction === 'ADD_IF_ABSENT' && present !== undefined) return [];
  if (appendAction === 'OVERWRITE_IF_EXISTS' && present === undefined) return [];
  const appends = appendAction === undefined || appendAction === 'APPEND_IF_EXISTS_OR_ADD';
  return [[name, appends && present !== undefined ? `${present},${value}` : value]];
}
