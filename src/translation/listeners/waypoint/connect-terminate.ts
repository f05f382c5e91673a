import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { HttpConnectionManager, HttpFilter, Listener, RouteConfiguration } from '../../../xds/types.ts';
import { downstreamPeerMetadata } from '../../http/filters/peer-metadata.ts';
import { routerFilter } from '../../http/filters/standard-filters.ts';
import { buildTunnelTlsContext } from '../../tls/tunnel-tls-context.ts';
import { listenerAddresses } from '../listener-address.ts';
import { hashableFactory, keepInFilterState } from './filter-state.ts';
import type { WaypointContext } from './waypoint-context.ts';

const tunnelPort = 15_008;

/**
 * Where tunnels to the waypoint end: mutual TLS, and CONNECT requests whose content goes on to the listener
 * `main_internal`. Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildConnectTerminateListener.
 */
export function buildConnectTerminate(context: WaypointContext): Listener {
  const { wildcards, telemetry, view } = context;
  const { listener: accessLog } = telemetry.waypoint.accessLogs;
  const manager = {
    name: 'envoy.filters.network.http_connection_manager',
    typedConfig: { '@type': typeUrls.httpConnectionManager, ...connectionManager(context) },
  } as const;
  const transportSocket = {
    name: 'tls',
    typedConfig: {
      '@type': typeUrls.downstreamTlsContext,
      commonTlsContext: buildTunnelTlsContext(view),
      requireClientCertificate: true,
    },
  } as const;
  return {
    name: 'connect_terminate',
    ...listenerAddresses(wildcards, tunnelPort),
    filterChains: [{ name: 'default', transportSocket, filters: [manager] }],
    // A few connections carry many tunnels each: no worker should get them all.
    connectionBalanceConfig: { exactBalance: {} },
    ...(accessLog.length > 0 && { accessLog }),
  };
}

function connectionManager({ proxyHeaders, telemetry, view }: WaypointContext): HttpConnectionManager {
  const headers = proxyHeaders.waypoint;
  const { tunnelEnd: accessLog } = telemetry.waypoint.accessLogs;
  const { forwardClientCertDetails } = headers;
  return {
    statPrefix: 'connect_terminate',
    routeConfig: toMainInternal,
    httpFilters: [
      downstreamPeerMetadata,
      keepAuthority(hashableFactory(view.proxy)),
      routerFilter(headers.suppressEnvoyHeaders),
    ],
    http2ProtocolOptions: {
      allowConnect: true,
      maxConcurrentStreams: 100,
      connectionKeepalive: { interval: '10s', timeout: '20s' },
    },
    // The default of Envoy's message needs no word.
    ...(forwardClientCertDetails !== 'SANITIZE' && { forwardClientCertDetails }),
    setCurrentClientCertDetails: { subject: true, dns: true, uri: true },
    ...(headers.serverName !== undefined && { serverName: headers.serverName }),
    ...(headers.serverHeaderTransformation && { serverHeaderTransformation: headers.serverHeaderTransformation }),
    ...(headers.generateRequestId !== undefined && { generateRequestId: headers.generateRequestId }),
    useRemoteAddress: false,
    streamIdleTimeout: '0s',
    upgradeConfigs: [{ upgradeType: 'CONNECT' }],
    ...(accessLog.length > 0 && { accessLog }),
  };
}

const toMainInternal: RouteConfiguration = frozen({
  name: 'default',
  virtualHosts: [
    {
      name: 'default',
      domains: ['*'],
      routes: [
        {
          match: { connectMatcher: {} },
          route: { cluster: 'main_internal', upgradeConfigs: [{ upgradeType: 'CONNECT', connectConfig: {} }] },
        },
      ],
    },
  ],
});

/** Tells the listeners inside whom the tunnel was for, and who opened it. */
function keepAuthority(factoryKey: string): HttpFilter {
  const shared = 'ONCE';
  return {
    name: 'connect_authority',
    typedConfig: {
      '@type': typeUrls.httpSetFilterState,
      onRequestHeaders: [
        keepInFilterState('envoy.filters.listener.original_dst.local_ip', { format: '%REQ(:AUTHORITY)%', shared }),
        keepInFilterState('io.istio.connect_authority', { format: '%REQ(:AUTHORITY)%', shared, factoryKey }),
        keepInFilterState('envoy.filters.listener.original_dst.remote_ip', {
          format: '%DOWNSTREAM_REMOTE_ADDRESS%',
          shared,
        }),
        keepInFilterState('io.istio.peer_principal', { format: '%DOWNSTREAM_PEER_URI_SAN%', shared, factoryKey }),
        keepInFilterState('io.istio.local_principal', { format: '%DOWNSTREAM_LOCAL_URI_SAN%', shared, factoryKey }),
      ],
    },
  };
}
