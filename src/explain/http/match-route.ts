import type { RouteConfiguration, RouteMatch } from '../../xds/types.ts';
import { matchRegex } from '../match-string.ts';
import type { HttpRequest } from './http-request.ts';
import { describeHeader, mismatchOfHeader } from './match-header.ts';
import { describeParameter, mismatchOfParameter, readParameters } from './match-query.ts';

/** The first condition that does not hold, as a sentence; absent where the route matches. */
export function mismatchOf(
  match: RouteMatch,
  request: HttpRequest,
  { ignorePathParametersInPathMatching }: Pick<RouteConfiguration, 'ignorePathParametersInPathMatching'>,
): string | undefined {
  const path = ignorePathParametersInPathMatching ? request.path.replace(/;[^/]*/g, '') : request.path;
  if (!matchesPath(match, path, request.method)) return `It asks for ${describePath(match)}, and the path is ${path}.`;
  for (const header of match.headers ?? []) {
    const mismatch = mismatchOfHeader(header, request.headers);
    if (mismatch !== undefined) return mismatch;
  }
  const parameters = readParameters(request.query);
  for (const parameter of match.queryParameters ?? []) {
    const mismatch = mismatchOfParameter(parameter, parameters);
    if (mismatch !== undefined) return mismatch;
  }
  if (match.grpc && !/^application\/grpc($|[+;])/.test(request.headers.get('content-type') ?? ''))
    return 'It asks for gRPC, and the content type is another.';
  if (match.tlsContext?.presented || match.tlsContext?.validated) return 'It asks for a client certificate.';
  if ((match.dynamicMetadata ?? []).length > 0) return 'It asks for metadata that no filter has set.';
  return undefined;
}

/** Envoy compares the path without its query; expressions must match all of it. */
function matchesPath(match: RouteMatch, path: string, method: string): boolean {
  const { prefix, path: exact, pathSeparatedPrefix, safeRegex, connectMatcher, caseSensitive = true } = match;
  if (connectMatcher) return method === 'CONNECT';
  if (safeRegex) return matchRegex(safeRegex.regex, path);
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  if (exact !== undefined) return fold(path) === fold(exact);
  if (prefix !== undefined) return fold(path).startsWith(fold(prefix));
  if (pathSeparatedPrefix === undefined) return false;
  if (!fold(path).startsWith(fold(pathSeparatedPrefix))) return false;
  return path.length === pathSeparatedPrefix.length || path[pathSeparatedPrefix.length] === '/';
}

/** What a route asks for, as part of a sentence. */
export function describeMatch(match: RouteMatch): string {
  return [
    describePath(match),
    ...(match.headers ?? []).map(describeHeader),
    ...(match.queryParameters ?? []).map(describeParameter),
    ...(match.grpc ? ['gRPC'] : []),
  ].join(', ');
}

function describePath(match: RouteMatch): string {
  const { prefix, path, pathSeparatedPrefix, safeRegex, connectMatcher, caseSensitive = true } = match;
  const folded = caseSensitive ? '' : ' in any case';
  if (connectMatcher) return 'the method CONNECT';
  if (path !== undefined) return `the path ${path}${folded}`;
  if (prefix !== undefined) return prefix === '/' ? 'any path' : `a path that begins with ${prefix}${folded}`;
  if (pathSeparatedPrefix !== undefined) return `the path ${pathSeparatedPrefix} or one below it${folded}`;
  return safeRegex ? `a path that matches the expression ${safeRegex.regex}` : 'a path by a template';
}
