import type { Route, RouteAction, VirtualHost } from '../../xds/types.ts';
import { followCluster } from '../clusters/follow-cluster.ts';
import { followWeights } from '../clusters/follow-weights.ts';
import type { Upstream } from '../clusters/upstream.ts';
import type { ActionStep, Explanation, WeightedCluster } from '../explanation.ts';
import { findByName } from '../find-resource.ts';
import { end, type Facts, precede } from '../walk.ts';
import { answersPreflight } from './answer-preflight.ts';
import { describeForwarding, describeHeaders } from './describe-forwarding.ts';
import type { HttpWalk } from './http-walk.ts';
import { injectFault } from './inject-fault.ts';
import { redirectCode, redirectLocation } from './redirect-location.ts';
import { rewriteRequest } from './rewrite-request.ts';

/** What the route does with the request. CORS and faults come before it: they are filters ahead of the router. */
export function followAction(http: HttpWalk, virtualHost: VirtualHost, route: Route): Explanation {
  if (answersPreflight(http, virtualHost, route)) {
    const reason = 'The CORS filter answers the preflight request itself.';
    return end('cors-preflight', [actionStep('direct-response', reason)], {
      ...clusterFacts(http, route),
      responseCode: 200,
    });
  }
  const fault = injectFault(http, virtualHost, route);
  if (fault.aborted) {
    const { status } = fault.aborted;
    const step = actionStep('fault', `The route injects a fault: the answer is ${status}.`, fault.notes);
    return end('fault-aborted', [step], { ...clusterFacts(http, route), responseCode: status });
  }
  return act(http, route, fault.notes);
}

function act(http: HttpWalk, route: Route, notes: readonly string[]): Explanation {
  const { redirect, directResponse, route: forwarding } = route;
  if (redirect) {
    const code = redirectCode(redirect);
    const location = redirectLocation(redirect, route.match, http.request);
    const step = {
      ...actionStep('redirect', `The answer is ${code} with the Location ${location}.`, notes),
      chosen: location,
    };
    return end('redirect-response', [step], { responseCode: code });
  }
  if (directResponse) return respond(http, directResponse.status ?? 0, notes);
  if (forwarding)
    return forward(http, route, forwarding, [...describeForwarding(forwarding, route, http.request), ...notes]);
  return end('non-forwarding', [actionStep('none', 'The route forwards nothing.', notes)], { responseCode: 404 });
}

/** istiod’s own virtual host for REGISTRY_ONLY is named so. */
const blockAll = 'block_all';

function respond({ routes }: HttpWalk, status: number, notes: readonly string[]): Explanation {
  const blocked = status === 502 && findByName(routes.virtualHosts ?? [], blockAll) !== undefined;
  const step = {
    ...actionStep('direct-response', `The proxy answers ${status} itself.`, notes),
    chosen: String(status),
  };
  return end(blocked ? 'blackhole-http' : 'direct-response', [step], { responseCode: status });
}

function forward(http: HttpWalk, route: Route, forwarding: RouteAction, notes: readonly string[]): Explanation {
  const { walk } = http;
  // A dynamic forward proxy resolves the Host of the request.
  const upstream: Upstream = {
    layer: 'http',
    name: http.request.authority,
    http: rewriteRequest(http, route, forwarding),
  };
  const headers = describeHeaders(route);
  const weighted = weightsOf(http, forwarding);
  if (weighted) {
    const step: ActionStep = {
      ...actionStep('weighted-clusters', 'Each request goes to one of the clusters, drawn by weight.', [
        ...notes,
        ...headers,
      ]),
      chosen: 'weighted clusters',
      weightedClusters: weighted,
    };
    return precede(
      step,
      {},
      followWeights(walk, weighted, () => upstream),
    );
  }
  const name = clusterOf(http, forwarding);
  if (name === undefined)
    return end('cluster-not-found', [actionStep('cluster', 'The request names no cluster.', notes)], {
      responseCode: 503,
    });
  const step = {
    ...actionStep('cluster', `The route sends the request to ${name}.`, [...notes, ...headers]),
    chosen: name,
  };
  return precede(step, {}, followCluster(walk, name, upstream));
}

/** Where the request would have gone: Envoy logs it even when a filter answers first. */
function clusterFacts(http: HttpWalk, { route }: Route): Facts {
  if (!route) return {};
  const weighted = weightsOf(http, route);
  if (weighted) return { weightedClusters: weighted };
  const cluster = clusterOf(http, route);
  return cluster === undefined ? {} : { cluster };
}

function clusterOf({ request }: HttpWalk, { cluster, clusterHeader }: RouteAction): string | undefined {
  return clusterHeader === undefined ? cluster : request.headers.get(clusterHeader.toLowerCase());
}

function weightsOf({ request }: HttpWalk, { weightedClusters }: RouteAction): readonly WeightedCluster[] | undefined {
  return weightedClusters?.clusters.map(({ name, clusterHeader, weight = 0 }) => ({
    name: name ?? request.headers.get(clusterHeader?.toLowerCase() ?? '') ?? '',
    weight,
  }));
}

function actionStep(action: ActionStep['action'], reason: string, notes: readonly string[] = []): ActionStep {
  return { kind: 'action', action, reason, rejected: [], notes };
}
