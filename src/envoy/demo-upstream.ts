import { typeUrls } from '../xds/type-urls.ts';
import type { Any, FilterChain, Listener } from '../xds/types.ts';
import type { Certificates } from './static-secrets.ts';

/** A listener that plays one endpoint: it answers HTTP, inside TLS or not, with what it saw, and echoes everything else. */
export function demoUpstream(endpoint: string, port: number, certificates: Certificates | undefined): Listener {
  return {
    name: `upstream ${endpoint}`,
    address: { socketAddress: { address: '127.0.0.1', portValue: port } },
    listenerFilters: [
      { name: 'envoy.filters.listener.tls_inspector', typedConfig: { '@type': typeUrls.tlsInspector } },
      { name: 'envoy.filters.listener.http_inspector', typedConfig: { '@type': typeUrls.httpInspector } },
    ],
    listenerFiltersTimeout: '1s',
    continueOnListenerFiltersTimeout: true,
    filterChains: [
      ...(certificates ? [tlsChain(endpoint, certificates)] : []),
      { filterChainMatch: { applicationProtocols: ['http/1.0', 'http/1.1', 'h2c'] }, filters: [answer(endpoint)] },
    ],
    defaultFilterChain: { filters: [{ name: 'envoy.filters.network.echo', typedConfig: echo }] },
  };
}

// The one extension of a demo that istiod never sends: the generated types do not know it.
const echo = { '@type': 'type.googleapis.com/envoy.extensions.filters.network.echo.v3.Echo' } as unknown as Any;

function tlsChain(endpoint: string, { certificateChain, privateKey }: Certificates): FilterChain {
  return {
    filterChainMatch: { transportProtocol: 'tls' },
    transportSocket: {
      name: 'envoy.transport_sockets.tls',
      typedConfig: {
        '@type': typeUrls.downstreamTlsContext,
        commonTlsContext: { tlsCertificates: [{ certificateChain, privateKey }], alpnProtocols: ['h2', 'http/1.1'] },
      },
    },
    filters: [answer(endpoint)],
  };
}

function answer(endpoint: string): NonNullable<FilterChain['filters']>[number] {
  const text = [
    `upstream  ${endpoint}`,
    'request   %REQ(:METHOD)% %REQ(:AUTHORITY)%%REQ(:PATH)% %PROTOCOL%',
    'tls       SNI %REQUESTED_SERVER_NAME%, %DOWNSTREAM_TLS_VERSION%',
    'attempt   %REQ(X-ENVOY-ATTEMPT-COUNT)%',
  ];
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typedConfig: {
      '@type': typeUrls.httpConnectionManager,
      statPrefix: 'upstream',
      routeConfig: {
        name: 'upstream',
        virtualHosts: [
          {
            name: 'upstream',
            domains: ['*'],
            routes: [
              {
                match: { prefix: '/' },
                directResponse: {
                  status: 200,
                  bodyFormat: { textFormatSource: { inlineString: `${text.join('\n')}\n` } },
                } as never,
              },
            ],
          },
        ],
      },
      httpFilters: [{ name: 'envoy.filters.http.router', typedConfig: { '@type': typeUrls.router } }],
    },
  };
}
