import type { Protocol } from '../../model/protocol.ts';
import type { Service } from '../../model/service.ts';
import { frozen } from '../../xds/frozen.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type {
  ConfigFilter,
  Http1ProtocolOptions,
  HttpConnectionManager,
  HttpFilter,
  RouteConfiguration,
} from '../../xds/types.ts';
import { alpnFilter } from './filters/alpn.ts';
import { dynamicForwardProxyFilter, usesDynamicForwardProxy } from './filters/dynamic-forward-proxy.ts';
import { metadataExchangeFilter } from './filters/metadata-exchange.ts';
import { corsFilter, faultFilter, grpcStatsFilter, grpcWebFilter, routerFilter } from './filters/standard-filters.ts';
import type { HttpContext } from './http-context.ts';
import type { ListenerClass } from './listener-class.ts';
import { pathNormalization } from './path-normalization.ts';
import { type ProxyHeaders, readProxyHeaders } from './proxy-headers.ts';

export interface ConnectionManagerOptions {
  readonly listenerClass: ListenerClass;
  readonly statPrefix: string;
  /** By name, asked for over RDS, or carried inside the listener. */
  readonly routes: { readonly name: string } | { readonly inline: RouteConfiguration };
  readonly protocol: Protocol;
  /** The service that the listener was made for: a DYNAMIC_DNS wildcard needs a filter of its own. */
  readonly service?: Service;
  /** Makes the server name, request ids and client certificates follow `proxyHeaders`; off for the `http_proxy` port. */
  readonly skipExternalMetadataExchange?: boolean;
  /** Whether HTTP/1.1 requests may carry a whole URL, as those to a forward proxy do. */
  readonly allowAbsoluteUrl?: boolean;
}

/** The HTTP connection manager filter of a chain. Source: istio `pilot/pkg/networking/core/listener_builder.go`. */
export function buildConnectionManager(context: HttpContext, options: ConnectionManagerOptions): ConfigFilter {
  const headers = readProxyHeaders(context.proxyConfig, options.listenerClass);
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typedConfig: { '@type': typeUrls.httpConnectionManager, ...connectionManager(context, options, headers) },
  };
}

function connectionManager(
  context: HttpContext,
  options: ConnectionManagerOptions,
  headers: ProxyHeaders,
): HttpConnectionManager {
  const { idleTimeout, telemetry } = context;
  const { accessLogs, tracing } = telemetry[options.listenerClass];
  return {
    statPrefix: `${options.statPrefix};`,
    ...routeSource(options.routes),
    httpFilters: httpFilters(context, options, headers),
    ...(tracing.tracing && { tracing: tracing.tracing }),
    ...(idleTimeout !== undefined && { commonHttpProtocolOptions: { idleTimeout } }),
    ...http1Options(context, options, headers),
    ...(options.listenerClass === 'sidecar-inbound' && inboundOptions(options.protocol, headers)),
    ...(headers.serverName !== undefined && { serverName: headers.serverName }),
    ...(headers.serverHeaderTransformation && { serverHeaderTransformation: headers.serverHeaderTransformation }),
    ...(headers.generateRequestId !== undefined && { generateRequestId: headers.generateRequestId }),
    streamIdleTimeout: '0s',
    ...(accessLogs.http.length > 0 && { accessLog: accessLogs.http }),
    useRemoteAddress: false,
    proxy100Continue: true,
    upgradeConfigs: [{ upgradeType: 'websocket' }],
    ...pathNormalization(context.view.mesh.configuration),
    requestIdExtension: requestId(tracing.useRequestIdForTraceSampling),
    ...(headers.appendForwardedPort && { appendXForwardedPort: true }),
  };
}

function routeSource(routes: ConnectionManagerOptions['routes']): Pick<HttpConnectionManager, 'rds' | 'routeConfig'> {
  if ('inline' in routes) return { routeConfig: routes.inline };
  return {
    rds: {
      configSource: { ads: {}, initialFetchTimeout: '0s', resourceApiVersion: 'V3' },
      routeConfigName: routes.name,
    },
  };
}

/** Only servers see client certificates. */
function inboundOptions(protocol: Protocol, headers: ProxyHeaders): Partial<HttpConnectionManager> {
  const http2 = protocol === 'HTTP2' || protocol === 'GRPC' || protocol === 'GRPC-Web';
  return {
    ...(http2 && { http2ProtocolOptions: {} }),
    ...(headers.forwardClientCertDetails !== 'SANITIZE' && {
      forwardClientCertDetails: headers.forwardClientCertDetails,
    }),
    setCurrentClientCertDetails: headers.currentClientCertDetails,
  };
}

function http1Options(
  { acceptHttp10 }: HttpContext,
  { allowAbsoluteUrl = false }: ConnectionManagerOptions,
  { preserveHeaderCase }: ProxyHeaders,
): Pick<HttpConnectionManager, 'httpProtocolOptions'> {
  if (!acceptHttp10 && !allowAbsoluteUrl && !preserveHeaderCase) return {};
  return {
    httpProtocolOptions: {
      ...(allowAbsoluteUrl && { allowAbsoluteUrl }),
      ...(acceptHttp10 && { acceptHttp10 }),
      ...(preserveHeaderCase && { headerKeyFormat: preserveCase }),
    },
  };
}

const preserveCase: NonNullable<Http1ProtocolOptions['headerKeyFormat']> = frozen({
  statefulFormatter: {
    name: 'preserve_case',
    typedConfig: {
      '@type':
        'type.googleapis.com/envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig',
    },
  },
});

function httpFilters(
  { telemetry, view }: HttpContext,
  { listenerClass, protocol, service, skipExternalMetadataExchange = true }: ConnectionManagerOptions,
  headers: ProxyHeaders,
): readonly HttpFilter[] {
  const outbound = listenerClass !== 'sidecar-inbound';
  const forwardsDynamically =
    listenerClass === 'sidecar-outbound' && service && usesDynamicForwardProxy(view.mesh, service);
  return [
    metadataExchangeFilter(listenerClass, skipExternalMetadataExchange && headers.skipExternalMetadataExchange),
    ...(protocol === 'GRPC-Web' ? [grpcWebFilter] : []),
    grpcStatsFilter,
    ...(outbound ? [alpnFilter] : []),
    faultFilter,
    corsFilter,
    ...telemetry[listenerClass].statsFilters,
    ...(forwardsDynamically ? [dynamicForwardProxyFilter(view, service.hostname)] : []),
    routerFilter(headers.suppressEnvoyHeaders),
  ];
}

const requestId = (
  useRequestIdForTraceSampling: boolean,
): NonNullable<HttpConnectionManager['requestIdExtension']> => ({
  typedConfig: { '@type': typeUrls.uuidRequestIdConfig, useRequestIdForTraceSampling },
});
