import type { HTTPMatchRequest, HTTPRoute, StringMatch } from '../../model/istio/virtual-service.ts';

/**
 * Takes the routes of a delegate in the place of the route that delegates: each keeps what it says, inherits the rest,
 * and needs to match within what the delegating route matches; one that does not is left out.
 * Source: istio `pilot/pkg/model/virtualservice.go`, MergeHTTPRoutes.
 */
export function mergeRoutes(root: HTTPRoute, delegated: readonly HTTPRoute[]): readonly HTTPRoute[] {
  return delegated.flatMap((route) => {
    const match = mergeMatches(root.match ?? [], route.match ?? []);
    return match ? [mergeRoute(root, route, match)] : [];
  });
}

const inherited = [
  'rewrite',
  'directResponse',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercent',
  'mirrorPercentage',
  'corsPolicy',
  'mirrors',
  'headers',
] as const satisfies readonly (keyof HTTPRoute)[];

function mergeRoute(root: HTTPRoute, route: HTTPRoute, match: readonly HTTPMatchRequest[]): HTTPRoute {
  const defaults = Object.fromEntries(inherited.flatMap((key) => (root[key] === undefined ? [] : [[key, root[key]]])));
  const name = joinNames(root.name, route.name);
  const { match: _, ...rest } = route;
  return { ...defaults, ...rest, ...(match.length > 0 && { match }), ...(name !== '' && { name }) };
}

function joinNames(ofRoot = '', ofRoute = ''): string {
  return [ofRoot, ofRoute].filter((name) => name !== '').join('-');
}

/** Nothing where one of the delegate's conditions lies within none of the root's. */
function mergeMatches(
  root: readonly HTTPMatchRequest[],
  delegated: readonly HTTPMatchRequest[],
): readonly HTTPMatchRequest[] | undefined {
  if (root.length === 0) return delegated;
  if (delegated.length === 0) return root;
  const merged: HTTPMatchRequest[] = [];
  for (const match of delegated) {
    const within = root.filter((ofRoot) => !conflicts(ofRoot, match));
    if (within.length === 0) return undefined;
    merged.push(...within.map((ofRoot) => mergeMatch(ofRoot, match)));
  }
  return merged;
}

function mergeMatch(root: HTTPMatchRequest, match: HTTPMatchRequest): HTTPMatchRequest {
  const { name: _, ...rest } = match;
  const name = joinNames(root.name, match.name);
  const pick = <K extends keyof HTTPMatchRequest>(key: K) => (root[key] && !match[key] ? { [key]: root[key] } : {});
  const gateways = match.gateways?.length ? match.gateways : root.gateways;
  return {
    ...rest,
    ...(name !== '' && { name }),
    ...pick('uri'),
    ...pick('scheme'),
    ...pick('method'),
    ...pick('authority'),
    ...pick('port'),
    ...pick('sourceNamespace'),
    ...pick('statPrefix'),
    ...mergeMaps('headers', root, match),
    ...mergeMaps('withoutHeaders', root, match),
    ...mergeMaps('queryParams', root, match),
    ...mergeMaps('sourceLabels', root, match),
    ...(gateways && { gateways }),
  };
}

function mergeMaps<K extends 'headers' | 'withoutHeaders' | 'queryParams' | 'sourceLabels'>(
  key: K,
  root: HTTPMatchRequest,
  match: HTTPMatchRequest,
) {
  return root[key] || match[key] ? { [key]: { ...root[key], ...match[key] } } : {};
}

function conflicts(root: HTTPMatchRequest, match: HTTPMatchRequest): boolean {
  return (
    textConflicts(root.uri, match.uri) ||
    textConflicts(root.scheme, match.scheme) ||
    textConflicts(root.method, match.method) ||
    textConflicts(root.authority, match.authority) ||
    mapConflicts(root.headers, match.headers) ||
    mapConflicts(root.withoutHeaders, match.withoutHeaders) ||
    mapConflicts(root.queryParams, match.queryParams) ||
    (root.ignoreUriCase ?? false) !== (match.ignoreUriCase ?? false) ||
    (Boolean(root.port) && Boolean(match.port) && root.port !== match.port) ||
    (Boolean(root.sourceNamespace) && root.sourceNamespace !== match.sourceNamespace) ||
    Object.entries(match.sourceLabels ?? {}).some(([key, value]) => (root.sourceLabels?.[key] ?? value) !== value) ||
    gatewayConflicts(root.gateways ?? [], match.gateways ?? [])
  );
}

type StringMatches = Readonly<Record<string, StringMatch>>;

function mapConflicts(root: StringMatches = {}, match: StringMatches = {}): boolean {
  return Object.entries(match).some(([key, value]) => textConflicts(root[key], value));
}

function gatewayConflicts(root: readonly string[], match: readonly string[]): boolean {
  if (root.length === 0 || match.length === 0) return false;
  return root.length < match.length || match.some((gateway) => !root.includes(gateway));
}

/** Whether a text that `inner` matches may not match `outer`. Regular expressions are beyond comparison. */
function textConflicts(outer: StringMatch | undefined, inner: StringMatch | undefined): boolean {
  if (!outer || !inner) return false;
  if ((outer.regex && isSet(inner)) || (inner.regex && isSet(outer))) return true;
  if (outer.exact) return Boolean(inner.prefix) || inner.exact !== outer.exact;
  if (outer.prefix && inner.prefix) return !inner.prefix.startsWith(outer.prefix);
  if (outer.prefix && inner.exact) return !inner.exact.startsWith(outer.prefix);
  return true;
}

function isSet({ exact, prefix, regex }: StringMatch): boolean {
  return Boolean(exact || prefix || regex);
}
