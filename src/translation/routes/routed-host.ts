import type { ProxyView } from '../../registry/proxy-view.ts';
import type { Route } from '../../xds/types.ts';
import { bracketed, buildServiceDomains, hostAndPort } from './domains.ts';
import type { ReachableService } from './reachable-services.ts';

/** The routes of one port, for whichever hosts. */
export interface PortRoutes {
  readonly port: number;
  readonly routes: readonly Route[];
  /** VirtualServices have an order; services by themselves do not. */
  readonly byVirtualService: boolean;
  /** 0 where the listener takes requests for all ports. */
  readonly listenerPort: number;
}

/** A host with its routes on one port: a virtual host, unless others have its name or all its domains already. */
export interface RoutedHost {
  /** Of the virtual host. */
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  readonly domains: readonly string[];
  readonly routes: readonly Route[];
  readonly byVirtualService: boolean;
  readonly service: ReachableService | undefined;
}

export function routedService(
  { proxy }: ProxyView,
  service: ReachableService,
  { port, routes, byVirtualService, listenerPort }: PortRoutes,
): RoutedHost {
  const { hostname, addresses } = service;
  const options = { hostname, dnsDomain: proxy.dnsDomain, withPort: listenerPort === 0 ? port : undefined };
  const domains = buildServiceDomains(service.service, addresses, options);
  return { name: hostAndPort(hostname, port), hostname, port, domains, routes, byVirtualService, service };
}

/** A host that no service has. */
export function routedName(name: string, { port, routes, byVirtualService }: PortRoutes): RoutedHost {
  const hostname = name.toLowerCase();
  const domains = [bracketed(hostname)];
  return { name: hostAndPort(hostname, port), hostname, port, domains, routes, byVirtualService, service: undefined };
}
