import type { HTTPMatchRequest, StringMatch } from '../../../model/istio/virtual-service.ts';
import type { QueryParameterMatcher, RouteMatch } from '../../../xds/types.ts';
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
  const allHeaders = [...headers, ...pseudoHeaders(match)];
  const queryParameters = Object.entries(match.queryParams ?? {})
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, value]) => buildQueryParameterMatcher(name, value));
  return {
    ...pathSpecifier(match.uri ?? {}, options),
    caseSensitive: !match.ignoreUriCase,
    ...(allHeaders.length > 0 && { headers: allHeaders }),
    ...(queryParameters.length > 0 && { queryParameters }),
    ...(dynamicMetadata.length > 0 && { dynamicMetadata }),
  };
}

type PathSpecifier = Pick<RouteMatch, 'prefix' | 'path' | 'safeRegex' | 'pathSeparatedPrefix'>;

function pathSpecifier({ exact, prefix, regex }: StringMatch, { separatesPaths }: RouteMatchOptions): PathSpecifier {
  if (exact !== undefined) return { path: exact };
  if (regex !== undefined) return { safeRegex: { regex } };
  if (prefix === undefined) return { prefix: '/' };
  if (separatesPaths && prefix !== '/') return { pathSeparatedPrefix: prefix.replace(/\/$/, '') };
  return { prefix };
}

function pseudoHeaders({ method, authority, scheme }: HTTPMatchRequest): RouteMatch['headers'] & object {
  return [
    ...(method ? [buildHeaderMatcher(':method', method)] : []),
    ...(authority ? [buildHeaderMatcher(':authority', authority)] : []),
    ...(scheme ? [buildHeaderMatcher(':scheme', scheme)] : []),
  ];
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
