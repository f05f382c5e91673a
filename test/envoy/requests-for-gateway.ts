import type { Request } from '../../src/index.ts';
import type { Snapshot } from '../../src/xds/snapshot.ts';
import { typeUrls } from '../../src/xds/type-urls.ts';
import type { FilterChain, Listener, RouteConfiguration } from '../../src/xds/types.ts';

/** How many requests one gateway gets at most. */
const enough = 24;

/** A path that no case mentions. */
const elsewhere = '/elsewhere';

/**
 * Requests that try every server of a gateway, made from its configuration: each filter chain by a name it accepts and
 * by one that nobody accepts, each virtual host by its first domain, on the first route's path and on another.
 */
export function requestsForGateway({ listeners, routes }: Snapshot): readonly Request[] {
  const routesByName = new Map(routes.map((route) => [route.name, route]));
  return listeners.flatMap((listener) => requestsForListener(listener, routesByName)).slice(0, enough);
}

type Connection = Pick<Request, 'address' | 'port' | 'tls' | 'sni'>;

function requestsForListener(listener: Listener, routes: ReadonlyMap<string, RouteConfiguration>): readonly Request[] {
  const socket = listener.address?.socketAddress;
  if (!socket?.portValue || listener.bindToPort === false) return [];
  const any = socket.address === '0.0.0.0' || socket.address === '::';
  const connection: Connection = { ...(!any && { address: socket.address }), port: socket.portValue };
  const chains = [
    ...(listener.filterChains ?? []),
    ...(listener.defaultFilterChain ? [listener.defaultFilterChain] : []),
  ];
  const inside = chains.flatMap((chain) => requestsForChain(connection, chain, routes));
  const withTls = chains.some(({ filterChainMatch }) => filterChainMatch?.serverNames);
  return [...inside, ...(withTls ? [{ ...connection, ...hello('nobody.test'), protocol: 'tcp' as const }] : [])];
}

const hello = (sni: string) => ({ tls: 'tls', sni });

function requestsForChain(
  connection: Connection,
  { filterChainMatch, transportSocket, filters = [] }: FilterChain,
  routes: ReadonlyMap<string, RouteConfiguration>,
): readonly Request[] {
  const [name] = filterChainMatch?.serverNames ?? [];
  const secure = transportSocket?.typedConfig?.['@type'] === typeUrls.downstreamTlsContext;
  const opened = name !== undefined || secure ? { ...connection, ...hello(hostIn(name ?? '*')) } : connection;
  const manager = filters.find(({ typedConfig }) => typedConfig?.['@type'] === typeUrls.httpConnectionManager);
  const config = manager?.typedConfig as
    | { readonly rds?: { readonly routeConfigName?: string }; readonly routeConfig?: RouteConfiguration }
    | undefined;
  if (!config) return [{ ...opened, protocol: 'tcp' }];
  const route = config.routeConfig ?? routes.get(config.rds?.routeConfigName ?? '');
  const visits = (route?.virtualHosts ?? []).flatMap(({ domains, routes: inside = [] }) => {
    const host = hostIn(domains[0] ?? '*');
    // Such as `default/*`, which no client can ask for.
    if (host.includes('/')) return [];
    const match = inside[0]?.match;
    const path = match?.path ?? match?.prefix ?? match?.pathSeparatedPrefix ?? '/';
    return [path, elsewhere].map((one): Request => ({ ...opened, protocol: 'http', host, path: one }));
  });
  return [...visits, { ...opened, protocol: 'http', host: 'nobody.test' }];
}

/** A name that a domain stands for. */
function hostIn(domain: string): string {
  return domain === '*' ? 'any.test' : domain.replace(/^\*/, 'some');
}
