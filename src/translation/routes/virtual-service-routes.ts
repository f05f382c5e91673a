import type { HTTPMatchRequest, HTTPRoute } from '../../model/istio/virtual-service.ts';
import type { SelectedVirtualService } from '../../registry/proxy-view.ts';
import type { Route } from '../../xds/types.ts';
import { buildDirectResponse } from './action/direct-response.ts';
import { buildForward, type Forward, type ForwardOptions } from './action/forward.ts';
import { buildRedirect } from './action/redirect.ts';
import { buildCorsPolicy, corsFilterName } from './cors.ts';
import { buildFault, faultFilterName } from './fault.ts';
import { joinHeaderChanges, readHeaders } from './header-operations.ts';
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
  options: VirtualServiceRouteOptions,
): readonly Route[] {
  const builder = { virtualService, options, semantics: semanticsOf(virtualService.metadata) };
  const routes: Route[] = [];
  for (const http of virtualService.spec.http ?? []) {
    const matches = http.match && http.match.length > 0 ? http.match : [undefined];
    for (const match of matches) {
      const applies = matchesSource(match, options.source);
      const route = applies ? buildRoute(builder, http, match) : undefined;
      if (route) routes.push(route);
      if (!match || (route && isCatchAll(route.match))) return routes;
    }
  }
  return routes;
}

interface RouteBuilder {
  readonly virtualService: SelectedVirtualService;
  readonly options: VirtualServiceRouteOptions;
  readonly semantics: RouteSemantics;
}

function buildRoute(
  { virtualService, options, semantics }: RouteBuilder,
  http: HTTPRoute,
  match: HTTPMatchRequest | undefined,
): Route {
  const { metadata } = virtualService;
  const { listenerPort } = options.source;
  const { changes, authority } = readHeaders(http.headers ?? {});
  const routeMatch = buildRouteMatch(match, { separatesPaths: semantics !== 'istio' });
  const { headers, ...action } = buildAction({ virtualService, options, semantics }, http, { routeMatch, authority });
  const name = nameOf(http, match);
  const filters = filterConfig(http);
  return {
    ...(name !== '' && { name }),
    match: routeMatch,
    ...action,
    metadata: configMetadata(metadata),
    decorator: {
      operation: operationOf({ match: routeMatch, cluster: action.route?.cluster, name: metadata.name, listenerPort }),
    },
    ...(filters && { typedPerFilterConfig: filters }),
    ...joinHeaderChanges(changes, headers ?? {}),
    ...(match?.statPrefix && { statPrefix: match.statPrefix }),
  };
}

/** A redirect or direct response takes precedence over destinations. */
function buildAction(
  { options, semantics }: RouteBuilder,
  http: HTTPRoute,
  { routeMatch, authority }: { readonly routeMatch: Route['match']; readonly authority: string | undefined },
): Pick<Route, 'route' | 'redirect' | 'directResponse'> & Pick<Forward, 'headers'> {
  const { terminatesTls, source } = options;
  if (http.redirect) {
    return buildRedirect(http.redirect, { terminatesTls, listenerPort: source.listenerPort, semantics });
  }
  if (http.directResponse) return { directResponse: buildDirectResponse(http.directResponse) };
  return buildForward(http, { ...options, semantics }, { routeMatch, authority });
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
