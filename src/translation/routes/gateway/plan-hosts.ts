import { hostnameIsSubsetOf } from '../../../model/hostname.ts';
import { resourceKey } from '../../../model/resource.ts';
import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import type { MergedGateway } from '../../../registry/gateways/merged-gateway.ts';
import { hostsForNamespace } from '../../../registry/gateways/server-hosts.ts';
import type { Route } from '../../../xds/types.ts';
import type { RouteContext } from '../route-context.ts';
import { buildBoundRoutes } from './bound-routes.ts';

/** What one host gets on a route configuration's port, from all servers and VirtualServices. */
export interface HostRoutes {
  readonly hostname: string;
  /** Of the first server with the host, as its Gateway gives it. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** Every request is redirected to HTTPS. */
  readonly redirectsToTls: boolean;
}

type Draft = { -readonly [K in keyof HostRoutes]: HostRoutes[K] };

/**
 * The hosts that servers and their VirtualServices have in common, with the routes of all of them, in order; and those
 * that redirect to HTTPS without having any.
 */
export function planHosts(
  context: RouteContext,
  gateway: MergedGateway,
  servers: readonly GatewayServer[],
): readonly HostRoutes[] {
  const hosts = new Map<string, Draft>();
  const built = new Map<string, readonly Route[]>();
  for (const server of servers) {
    const redirectsToTls = server.tls?.httpsRedirect ?? false;
    const port = server.port.number;
    for (const virtualService of gateway.virtualServicesFor(server.gateway)) {
      const { metadata, spec } = virtualService;
      const shared = intersect(hostsForNamespace(server.hosts, metadata.namespace), spec.hosts ?? []);
      if (shared.length === 0) continue;
      // Servers of one Gateway share the routes, built for the first one's port.
      const key = `${server.gateway} ${resourceKey(metadata)}`;
      const routes = built.get(key) ?? buildBoundRoutes(context, virtualService, server);
      if (routes.length === 0) continue;
      built.set(key, routes);
      for (const hostname of shared.map((name) => name.toLowerCase())) {
        const host = hosts.get(hostname);
        if (host) host.routes = [...host.routes, ...routes];
        else hosts.set(hostname, { hostname, port, routes, redirectsToTls });
        if (host && redirectsToTls) host.redirectsToTls = true;
      }
    }
    if (redirectsToTls) addRedirects(hosts, server);
  }
  return [...hosts.values()];
}

/** istiod keeps the namespace before a host here, so that such a host is not redirected unless a route leads to it. */
function addRedirects(hosts: Map<string, Draft>, { hosts: names, port }: GatewayServer): void {
  for (const hostname of names.map((name) => name.toLowerCase())) {
    const host = hosts.get(hostname);
    if (host) host.redirectsToTls = true;
    else hosts.set(hostname, { hostname, port: port.number, routes: [], redirectsToTls: true });
  }
}

/** Of each pair that overlaps the narrower name, each once. Source: istio `pkg/config/host/names.go`, Intersection. */
function intersect(left: readonly string[], right: readonly string[]): readonly string[] {
  const shared = new Set<string>();
  for (const one of left) {
    for (const other of right) {
      if (hostnameIsSubsetOf(one, other)) shared.add(one);
      else if (hostnameIsSubsetOf(other, one)) shared.add(other);
    }
  }
  return [...shared];
}
