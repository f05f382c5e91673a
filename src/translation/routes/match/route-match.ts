import type { HTTPMatchRequest, StringMatch } from '../../../model/istio/virtual-service.ts';
import type { Draft } from '../../../xds/draft.ts';
import type { HeaderMatcher, QueryParameterMatcher, RouteMatch } from '../../../xds/types.ts';
import { compareText } from './compare-text.ts';
import { buildHeaderConditions, buildHeaderMatcher } from './header-match.ts';
import { asksForPresence, buildStringMatcher } from './string-match.ts';

export interface RouteMatchOptions {
  /** Prefixes end at a `/`, as the Gateway API and Ingress want them. */
  readonly separatesPaths: boolean;
}

/** Envoy's message RouteMatch. Source: istio `pilot/pkg/networking/core/route/route.go`, TranslateRouteMatch. */
export function buildRouteMatch(match: HTTPMatchRequest | undefined, options: RouteMatchOptions): RouteMatch {
  if (!match) return { prefix: '/' };
  const { headers, dynamicMetadata } = buildHeaderConditions(match);
  const allHeaders = headers.concat(pseudoHeaders(match));
  const built: Draft<RouteMatch> = pathSpecifier(match.uri ?? {}, options);
  built.caseSensitive = !match.ignoreUriCase;
  if (allHeaders.length > 0) built.headers = allHeaders;
  if (match.queryParams && Object.keys(match.queryParams).length > 0) {
    built.queryParameters = Object.entries(match.queryParams)
      .sort(([a], [b]) => compareText(a, b))
      .map(([name, value]) => buildQueryParameterMatcher(name, value));
  }
  if (dynamicMetadata.length > 0) built.dynamicMetadata = dynamicMetadata;
  return built;
}

type PathSpecifier = Pick<RouteMatch, 'prefix' | 'path' | 'safeRegex' | 'pathSeparatedPrefix'>;

function pathSpecifier({ exact, prefix, regex }: StringMatch, { separatesPaths }: RouteMatchOptions): PathSpecifier {
  if (exact !== undefined) return { path: exact };
  if (regex !== undefined) return { safeRegex: { regex } };
  if (prefix === undefined) return { prefix: '/' };
  if (separatesPaths && prefix !== '/') return { pathSeparatedPrefix: prefix.replace(/\/$/, '') };
  return { prefix };
}

const none: readonly HeaderMatcher[] = [];

function pseudoHeaders({ method, authority, scheme }: HTTPMatchRequest): readonly HeaderMatcher[] {
  if (!method && !authority && !scheme) return none;
  const matchers: HeaderMatcher[] = [];
  if (method) matchers.push(buildHeaderMatcher(':method', method));
  if (authority) matchers.push(buildHeaderMatcher(':authority', authority));
  if (scheme) matchers.push(buildHeaderMatcher(':scheme', scheme));
  return matchers;
}

function buildQueryParameterMatcher(name: string, match: StringMatch): QueryParameterMatcher {
  if (asksForPresence(match)) return { name, presentMatch: true };
  const stringMatch = buildStringMatcher(match);
  return { name, ...(stringMatch && { stringMatch }) };
}

/** Matches every request, so that no later route can be reached. */
export function isCatchAll(match: RouteMatch): boolean {
  const { prefix, pathSeparatedPrefix, safeRegex, headers, queryParameters, dynamicMetadata } = match;
  const anyPath = prefix === '/' || pathSeparatedPrefix === '/' || safeRegex?.regex === '.*';
  return anyPath && !headers && !queryParameters && !dynamicMetadata;
}
