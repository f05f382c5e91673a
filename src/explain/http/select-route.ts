import type { Route, VirtualHost } from '../../xds/types.ts';
import type { Explanation, RejectedCandidate, RouteStep } from '../explanation.ts';
import { end, limitCandidates, precede } from '../walk.ts';
import { followAction } from './follow-action.ts';
import type { HttpWalk } from './http-walk.ts';
import { describeMatch, mismatchOf } from './match-route.ts';
import { percentOf } from './percent-of.ts';

/** The first route whose every condition holds; later ones are not looked at. */
export function selectRoute(http: HttpWalk, virtualHost: VirtualHost): Explanation {
  const { request, routes } = http;
  const candidates = virtualHost.routes ?? [];
  const rejected: RejectedCandidate[] = [];
  const shared: string[] = [];
  let found: { readonly index: number; readonly route: Route } | undefined;
  for (const [index, route] of candidates.entries()) {
    const mismatch = mismatchOf(route.match, request, routes);
    if (mismatch !== undefined) {
      rejected.push({ name: routeName(route, index), reason: mismatch });
      continue;
    }
    const share = sampledShare(route);
    if (share === 100) {
      found = { index, route };
      break;
    }
    shared.push(`${share} % of the requests take ${routeName(route, index)} before this one.`);
  }
  const others = [...rejected, ...laterRoutes(candidates, found?.index)];
  const step: RouteStep = {
    kind: 'route',
    ...(found && { chosen: routeName(found.route, found.index), index: found.index }),
    reason: found
      ? `${rejected.length === 0 ? 'The first route' : 'The first one that matches'}: ${describeMatch(found.route.match)}.`
      : `None of the ${candidates.length} routes of ${virtualHost.name} matches ${request.method} ${request.path}.`,
    rejected: limitCandidates(others, others.length),
    notes: shared,
  };
  if (!found) return end('route-not-found', [step], { responseCode: 404 });
  const { name } = found.route;
  const facts = name === undefined || name === '' ? {} : { route: name };
  return precede(step, facts, followAction(http, virtualHost, found.route));
}

/** Of the requests that match, in percent. Istio sends no fraction; an EnvoyFilter may. */
function sampledShare({ match }: Route): number {
  return match.runtimeFraction ? percentOf(match.runtimeFraction.defaultValue) : 100;
}

export function routeName({ name }: Route, index: number): string {
  return name === undefined || name === '' ? `route ${index}` : `route ${index} (${name})`;
}

function laterRoutes(routes: readonly Route[], found: number | undefined): readonly RejectedCandidate[] {
  if (found === undefined) return [];
  return routes.slice(found + 1).map((route, offset) => ({
    name: routeName(route, found + 1 + offset),
    reason: 'An earlier route matches, so it is not looked at.',
  }));
}
