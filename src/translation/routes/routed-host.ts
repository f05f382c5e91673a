import type { Route, VirtualHost } from '../../xds/types.ts';
import { bracketed, buildServiceDomains, hostAndPort } from './domains.ts';
import type { ReachableService } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';

/** The routes of one port, for whichever hosts. */
export interface PortRoutes {
  readonly port: number;
  readonly routes: readonly Route[];
  /** VirtualServices have an order; services by themselves do not. */
  readonly byVirtualService: boolean;
  /** 0 where the listener takes requests for all ports. */
  readonly listenerPort: number;
}

/** A host with its routes on one port. */
export interface RoutedHost {
  readonly hostname: string;
  readonly port: number;
  /** What it gets, unless others have its name or some of its domains already. */
  readonly virtualHost: VirtualHost;
  readonly byVirtualService: boolean;
  readonly service: ReachableService | undefined;
}

export function routedService(context: RouteContext, service: ReachableService, routes: PortRoutes): RoutedHost {
  const { hostname, addresses } = service;
  const { port, byVirtualService, listenerPort } = routes;
  const { proxy } = context.view;
  const options = { hostname, proxy, withPort: listenerPort === 0 ? port : undefined };
  const domains = buildServiceDomains(service.service, addresses, options);
  return {
    hostname,
    port,
    virtualHost: virtualHost(context, { hostname, domains }, routes),
    byVirtualService,
    service,
  };
}

/** A host that no service has. */
export function routedName(context: RouteContext, name: string, routes: PortRoutes): RoutedHost {
  const hostname = name.toLowerCase();
  const { port, byVirtualService } = routes;
  const domains = [bracketed(hostname)];
  return {
    hostname,
    port,
    virtualHost: virtualHost(context, { hostname, domains }, routes),
    byVirtualService,
    service: undefined,
  };
}

function virtualHost(
  { includeRequestAttemptCount }: RouteContext,
  { hostname, domains }: { readonly hostname: string; readonly domains: readonly string[] },
  { port, routes }: PortRoutes,
): VirtualHost {
  const name = hostAndPort(hostname, port);
  return includeRequestAttemptCount ? { name, domains, routes, includeRequestAttemptCount } : { name, domains, routes };
}
