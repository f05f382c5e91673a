import type { Action, RouteMatch } from '../../model/istio/envoy-filter.ts';
import { parseResourceName } from '../../xds/resource-name.ts';
import type { Route, VirtualHost } from '../../xds/types.ts';
import type { Patch } from '../patch.ts';

/** Source: istio `pilot/pkg/networking/core/envoyfilter/rc_patch.go`, routeConfigurationMatch. */
export function matchesSidecarRoutes(name: string, { match }: Patch): boolean {
  const wanted = match.routeConfiguration;
  if (wanted === undefined) return true;
  if (wanted.name && wanted.name !== name) return false;
  return !wanted.portNumber || wanted.portNumber === listenerPort(name);
}

/** `80`, or `inbound|8080||`; names such as `example.com:80` tell no port here. */
function listenerPort(name: string): number | undefined {
  if (name.startsWith('inbound')) return parseResourceName(name)?.port;
  return /^[+-]?\d+$/.test(name) ? Number(name) : undefined;
}

/** Port of the workload, as the names of route configurations tell it → ports of the Gateways' servers. */
export type ServerPorts = ReadonlyMap<number, ReadonlySet<number>>;

/** Names that istiod cannot take apart, such as those with an address, share port 0. */
export function indexServerPorts(portsByRoute: ReadonlyMap<string, readonly number[]>): ServerPorts {
  const index = new Map<number, Set<number>>();
  for (const [name, ports] of portsByRoute) {
    const { port } = parseGatewayRouteName(name);
    index.set(port, new Set([...(index.get(port) ?? []), ...ports]));
  }
  return index;
}

export function matchesGatewayRoutes(name: string, { match }: Patch, serverPorts: ServerPorts): boolean {
  const wanted = match.routeConfiguration;
  if (wanted === undefined) return true;
  const { port, portName, gateway } = parseGatewayRouteName(name);
  return (
    (!wanted.name || wanted.name === name) &&
    (!wanted.portName || wanted.portName === portName) &&
    (!wanted.gateway || wanted.gateway === gateway) &&
    (!wanted.portNumber || (serverPorts.get(port) ?? new Set([port])).has(wanted.portNumber))
  );
}

interface GatewayRouteName {
  readonly port: number;
  readonly portName?: string;
  /** namespace/name. */
  readonly gateway?: string;
}

/** `http.8080`, or `https.8443.<port name>.<gateway>.<namespace>`. */
function parseGatewayRouteName(name: string): GatewayRouteName {
  const [scheme, port = '', portName = '', gateway = '', namespace = '', ...rest] = name.split('.');
  if (scheme === 'http') return { port: wholeNumber(name.slice('http.'.length)) };
  if (scheme !== 'https' || namespace === '' || rest.length > 0) return { port: 0 };
  return { port: wholeNumber(port), portName, gateway: `${namespace}/${gateway}` };
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : 0;
}

export function matchesVirtualHost({ name, domains }: VirtualHost, { match }: Patch): boolean {
  const wanted = match.routeConfiguration?.vhost;
  if (wanted === undefined) return true;
  return (!wanted.name || wanted.name === name) && (!wanted.domainName || (domains ?? []).includes(wanted.domainName));
}

/** The route that a patch holds on to. */
export function routeMatchOf({ match }: Patch): RouteMatch | undefined {
  return match.routeConfiguration?.vhost?.route;
}

export function matchesRoute(route: Route, patch: Patch): boolean {
  const { name, action = 'ANY' } = routeMatchOf(patch) ?? {};
  if (name && name !== route.name) return false;
  const actual = actionOf(route);
  return action === 'ANY' || actual === undefined || action === actual;
}

/** Routes of other kinds are taken for any. */
function actionOf({ route, redirect, directResponse }: Route): Action | undefined {
  if (route) return 'ROUTE';
  if (redirect) return 'REDIRECT';
  return directResponse && 'DIRECT_RESPONSE';
}
