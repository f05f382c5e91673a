import type { HttpConnectionManager, RouteConfiguration } from '../../xds/types.ts';
import type { Explanation, VirtualHostStep } from '../explanation.ts';
import { findByName } from '../find-resource.ts';
import { refuseRoutes } from '../refusals/refuse-routes.ts';
import { end, type Facts, precede, type Walk } from '../walk.ts';
import { readHttpRequest } from './http-request.ts';
import { selectVirtualHost } from './select-virtual-host.ts';

/** The HTTP connection manager: reads the request and looks its routes up. */
export function followHttp(walk: Walk, manager: HttpConnectionManager): Explanation {
  if (walk.connection.tls) return end('tls-to-http');
  if (!speaksHttp(walk, manager)) return end('not-http', [], { responseCode: 400 });
  const request = readHttpRequest(walk, manager);
  if (!request) return end('path-refused', [], { responseCode: 400 });
  const routes = routesOf(walk, manager);
  const name = routes?.name ?? manager.rds?.routeConfigName ?? '';
  const facts: Facts = { routeConfig: name };
  if (!routes) {
    const reason = `The snapshot has no route configuration ${name}.`;
    return end('route-configuration-missing', [stepWithout(name, reason)], { ...facts, responseCode: 404 });
  }
  const refusal = refuseRoutes(routes);
  if (refusal !== undefined) {
    const reason = `Envoy refuses the route configuration ${name}. ${refusal}`;
    return end('route-configuration-refused', [stepWithout(name, reason)], { ...facts, responseCode: 404 });
  }
  return precede([], facts, selectVirtualHost({ walk, manager, routes, request }));
}

function speaksHttp({ connection }: Walk, { codecType }: HttpConnectionManager): boolean {
  if (connection.protocol === 'tcp') return false;
  if (codecType === 'HTTP1') return connection.protocol === 'http';
  return codecType === 'HTTP2' ? connection.protocol === 'http2' : true;
}

function routesOf({ snapshot }: Walk, manager: HttpConnectionManager): RouteConfiguration | undefined {
  if (manager.routeConfig) return manager.routeConfig;
  return findByName(snapshot.routes, manager.rds?.routeConfigName);
}

function stepWithout(routeConfig: string, reason: string): VirtualHostStep {
  return { kind: 'virtual-host', routeConfig, reason, rejected: [], notes: [] };
}
