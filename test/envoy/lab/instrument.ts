import { mapObjects, without } from '../../../src/envoy/map-objects.ts';
import type { Connection } from '../../../src/explain/request.ts';
import { typeUrls } from '../../../src/xds/type-urls.ts';
import type { Any, FilterChain, Listener, RouteConfiguration } from '../../../src/xds/types.ts';

/** What an access log says, one JSON object a line; absent values are null. */
export interface LogLine {
  readonly peer: string;
  readonly source: 'listener' | 'tcp' | 'http';
  readonly listener: string;
  readonly filterChain: string | null;
  readonly routeConfig?: string | null;
  readonly virtualHost?: string | null;
  readonly route?: string | null;
  /** Position of the route in its virtual host. */
  readonly routeIndex?: string | null;
  readonly cluster?: string | null;
  /** The cluster that the configuration names, which Envoy does not report where it is missing. */
  readonly target?: string | null;
  readonly responseCode?: number | null;
  readonly responseFlags?: string | null;
  readonly details?: string | null;
  readonly upstream?: string | null;
  /** Where the connection to the upstream begins. */
  readonly connectedFrom?: string | null;
  readonly attempts?: number | null;
}

/** In the folder that Envoy runs in. */
export const accessLogFile = 'access.log';

/** Where the listeners of a lab begin to listen, one port each. */
const firstPort = 20_000;

/** A listener that listens, and where it does so in the lab. */
export interface Entry {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly labPort: number;
}

export interface InstrumentedListeners {
  readonly listeners: readonly Listener[];
  readonly entries: readonly Entry[];
}

/**
 * Lets the lab reach and watch listeners: those that listen do so on ports of their own on 127.0.0.1, and learn where
 * the client meant to go from a PROXY protocol header instead of the kernel; access logs go to one file and name
 * listener, filter chain and route configuration literally. What is matched and where it leads stays as it is.
 */
export function instrumentListeners(listeners: readonly Listener[]): InstrumentedListeners {
  const entries: Entry[] = [];
  const instrumented = listeners.map((listener) => {
    const watched = watchListener(listener);
    const wanted = listener.address?.socketAddress;
    if (listener.bindToPort === false || !wanted) return watched;
    const labPort = firstPort + entries.length;
    entries.push({ name: listener.name, address: wanted.address, port: wanted.portValue ?? 0, labPort });
    return reach(watched, labPort);
  });
  return { listeners: instrumented, entries };
}

/** Where a client's connection arrives: interception takes all of them; without it the kernel finds who listens there. */
export function entryFor(
  entries: readonly Entry[],
  { address, port }: Pick<Connection, 'address' | 'port'>,
): Entry | undefined {
  const intercepting = entries.find(({ name }) => name === 'virtualOutbound');
  if (intercepting) return intercepting;
  const everywhere = address.includes(':') ? ['::'] : ['0.0.0.0', '::'];
  const listening = entries.filter((entry) => entry.port === port);
  return (
    listening.find((entry) => entry.address === address) ??
    listening.find((entry) => everywhere.includes(entry.address))
  );
}

function reach(listener: Listener, portValue: number): Listener {
  const filters = (listener.listenerFilters ?? []).filter(
    ({ typedConfig }) => typedConfig?.['@type'] !== typeUrls.originalDst,
  );
  return {
    ...without(listener, 'additionalAddresses', 'transparent', 'freebind'),
    address: { socketAddress: { address: '127.0.0.1', portValue } },
    listenerFilters: [
      { name: 'envoy.filters.listener.proxy_protocol', typedConfig: { '@type': typeUrls.proxyProtocol } },
      ...filters,
    ],
  };
}

/** Access logs of its own for a listener that is left as it is otherwise. */
export function watchListener(listener: Listener): Listener {
  const { filterChains, defaultFilterChain, name } = listener;
  return {
    ...without(listener, 'accessLog', 'filterChains', 'defaultFilterChain'),
    accessLog: [
      accessLog({
        source: 'listener',
        listener: name,
        filterChain: '%FILTER_CHAIN_NAME%',
        responseFlags: '%RESPONSE_FLAGS%',
      }),
    ],
    ...(filterChains && { filterChains: filterChains.map((chain, index) => watchChain(chain, name, String(index))) }),
    ...(defaultFilterChain && { defaultFilterChain: watchChain(defaultFilterChain, name, 'default') }),
  };
}

/** The chain is renamed to its place in the list, which is what logs can tell. */
function watchChain(chain: FilterChain, listener: string, filterChain: string): FilterChain {
  const bySni = (chain.filters ?? []).some(({ typedConfig }) => typedConfig?.['@type'] === typeUrls.sniCluster);
  const watched = mapObjects(chain, (object) => {
    if (object['@type'] === typeUrls.tcpProxy)
      return {
        ...without(object, 'accessLogOptions'),
        accessLog: [
          accessLog({
            source: 'tcp',
            listener,
            filterChain,
            ...outcome,
            target: bySni ? '%REQUESTED_SERVER_NAME%' : literal(String(object.cluster ?? '')),
          }),
        ],
      };
    if (object['@type'] !== typeUrls.httpConnectionManager) return object;
    const { rds, routeConfig } = object as {
      readonly rds?: { readonly routeConfigName?: string };
      readonly routeConfig?: { readonly name?: string };
    };
    const log = accessLog({
      source: 'http',
      listener,
      filterChain,
      routeConfig: rds?.routeConfigName ?? routeConfig?.name ?? '',
      virtualHost: '%CEL(xds.virtual_host_name)%',
      route: '%ROUTE_NAME%',
      routeIndex: `%METADATA(ROUTE:${routeMark}:index)%`,
      target: `%METADATA(ROUTE:${routeMark}:cluster)%`,
      responseCode: '%RESPONSE_CODE%',
      ...outcome,
    });
    return { ...without(object, 'accessLogOptions'), accessLog: [log] };
  });
  return { ...watched, name: filterChain };
}

/** Writes into the metadata of each route what access logs cannot tell otherwise: its place, and its cluster. */
export function instrumentRoutes(route: RouteConfiguration): RouteConfiguration {
  return {
    ...route,
    ...(route.virtualHosts && {
      virtualHosts: route.virtualHosts.map((host) => ({
        ...host,
        ...(host.routes && {
          routes: host.routes.map((one, index) => ({
            ...one,
            metadata: {
              ...one.metadata,
              filterMetadata: {
                ...one.metadata?.filterMetadata,
                [routeMark]: { index: String(index), cluster: one.route?.cluster ?? '' },
              },
            },
          })),
        }),
      })),
    }),
  };
}

const routeMark = 'xdsim.lab';

const outcome = {
  cluster: '%UPSTREAM_CLUSTER_RAW%',
  responseFlags: '%RESPONSE_FLAGS%',
  details: '%RESPONSE_CODE_DETAILS%',
  upstream: '%UPSTREAM_HOST%',
  connectedFrom: '%UPSTREAM_LOCAL_ADDRESS%',
  attempts: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%',
};

const literal = (text: string): string => text.replaceAll('%', '%%');

function accessLog(fields: Readonly<Record<string, string>>): { readonly name: string; readonly typedConfig: Any } {
  const { listener = '', routeConfig, ...rest } = fields;
  return {
    name: 'envoy.access_loggers.file',
    typedConfig: {
      '@type': typeUrls.fileAccessLog,
      path: accessLogFile,
      logFormat: {
        jsonFormat: {
          peer: '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%',
          listener: literal(listener),
          ...(routeConfig !== undefined && { routeConfig: literal(routeConfig) }),
          ...rest,
        },
      },
    },
  };
}
