import type { HTTPMatchRequest, HTTPRoute } from '../../model/istio/virtual-service.ts';
import type { Metadata } from '../../model/resource.ts';
import type { SelectedVirtualService } from '../../registry/proxy-view.ts';
import type { Draft } from '../../xds/draft.ts';
import type { Route, RouteMatch } from '../../xds/types.ts';
import { buildDirectResponse } from './action/direct-response.ts';
import { buildForward, type ForwardedRequest, type ForwardOptions } from './action/forward.ts';
import { buildRedirect } from './action/redirect.ts';
import { buildCorsPolicy, corsFilterName } from './cors.ts';
import type { Target } from './destination.ts';
import { buildFault, faultFilterName } from './fault.ts';
import { type HeaderChanges, joinHeaderChanges, readHeaders } from './header-operations.ts';
import { buildRouteMatch, isCatchAll } from './match/route-match.ts';
import { matchesSource, type RouteSource } from './match/source-match.ts';
import { configMetadata } from './route-metadata.ts';
import { operationOf } from './route-operation.ts';
import { type RouteSemantics, semanticsOf } from './route-semantics.ts';

/** For which proxy and port a VirtualService's routes are built, and how its destinations are found. */
export interface VirtualServiceRouteOptions extends Omit<ForwardOptions, 'semantics'> {
  readonly source: RouteSource;
  /** Requests arrive over TLS that the proxy itself terminates. */
  readonly terminatesTls: boolean;
}

/**
 * The routes of a VirtualService that apply to one proxy on one port: one for each match, in order, up to the first that
 * matches everything. Source: istio `pilot/pkg/networking/core/route/route.go`, BuildHTTPRoutesForVirtualService.
 */
export function buildVirtualServiceRoutes(
  virtualService: SelectedVirtualService,
  given: VirtualServiceRouteOptions,
): readonly Route[] {
  const builder = { metadata: virtualService.metadata, ...given, semantics: semanticsOf(virtualService.metadata) };
  const routes: Route[] = [];
  for (const http of virtualService.spec.http ?? []) {
    const matches = http.match && http.match.length > 0 ? http.match : anyRequest;
    for (const match of matches) {
      const applies = matchesSource(match, given.source);
      const route = applies ? buildRoute(builder, http, match) : undefined;
      if (route) routes.push(route);
      if (!match || (route && isCatchAll(route.match))) return routes;
    }
  }
  return routes;
}

const anyRequest = [undefined];

interface RouteBuilder extends VirtualServiceRouteOptions {
  /** Of the VirtualService. */
  readonly metadata: Metadata;
  readonly semantics: RouteSemantics;
}

function buildRoute(builder: RouteBuilder, http: HTTPRoute, match: HTTPMatchRequest | undefined): Route {
  const { metadata, semantics, source } = builder;
  const { changes, authority } = readHeaders(http.headers);
  const routeMatch = buildRouteMatch(match, { separatesPaths: semantics !== 'istio' });
  const { action, target, headers } = buildAction(builder, http, { routeMatch, authority });
  const { listenerPort } = source;
  const operation = operationOf({ match: routeMatch, target, name: metadata.name, listenerPort });
  const route = layOut({ name: nameOf(http, match), match: routeMatch, action, metadata, operation });
  const filters = filterConfig(http);
  if (filters) route.typedPerFilterConfig = filters;
  Object.assign(route, joinHeaderChanges(changes, headers));
  if (match?.statPrefix) route.statPrefix = match.statPrefix;
  return route;
}

interface RouteParts {
  /** Empty for none. */
  readonly name: string;
  readonly match: RouteMatch;
  readonly action: Action['action'];
  /** Of the VirtualService. */
  readonly metadata: Metadata;
  readonly operation: string;
}

/** What all routes have in common, in the order of its fields. */
function layOut({ name, match, action, metadata: given, operation }: RouteParts): Draft<Route> {
  const metadata = configMetadata(given);
  const decorator = { operation };
  const { route } = action;
  if (!route) return { ...(name !== '' && { name }), match, ...action, metadata, decorator };
  return name === '' ? { match, route, metadata, decorator } : { name, match, route, metadata, decorator };
}

interface Action {
  readonly action: Pick<Route, 'route' | 'redirect' | 'directResponse'>;
  readonly target?: Target;
  /** What happens to headers on the way to the target. */
  readonly headers?: HeaderChanges | undefined;
}

/** A redirect or direct response takes precedence over destinations. */
function buildAction(builder: RouteBuilder, http: HTTPRoute, request: ForwardedRequest): Action {
  const { terminatesTls, source, semantics } = builder;
  if (http.redirect) {
    return { action: buildRedirect(http.redirect, { terminatesTls, listenerPort: source.listenerPort, semantics }) };
  }
  if (http.directResponse) return { action: { directResponse: buildDirectResponse(http.directResponse) } };
  const { route, target, headers } = buildForward(http, builder, request);
  return { action: { route }, target, headers };
}

/** The rule's name and the match's, as Envoy shows them in access logs. */
function nameOf({ name = '' }: HTTPRoute, match: HTTPMatchRequest | undefined): string {
  return match?.name ? `${name}.${match.name}` : name;
}

function filterConfig({ fault, corsPolicy }: HTTPRoute): Route['typedPerFilterConfig'] {
  if (!fault && !corsPolicy) return undefined;
  return {
    ...(fault && { [faultFilterName]: buildFault(fault) }),
    ...(corsPolicy && { [corsFilterName]: buildCorsPolicy(corsPolicy) }),
  };
}
