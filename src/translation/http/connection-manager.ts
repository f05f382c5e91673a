import { isWildcard } from '../../model/hostname.ts';
import { isHttp2, type Protocol } from '../../model/protocol.ts';
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
import { clientIdentityFilter, tellsClientIdentity } from './filters/client-identity.ts';
import { dynamicForwardProxyFilter, usesDynamicForwardProxy } from './filters/dynamic-forward-proxy.ts';
import { metadataExchangeFilter } from './filters/metadata-exchange.ts';
import { upstreamPeerMetadata } from './filters/peer-metadata.ts';
import { corsFilter, faultFilter, grpcStatsFilter, grpcWebFilter, routerFilter } from './filters/standard-filters.ts';
import { gatewayOptions } from './gateway-options.ts';
import type { HttpContext } from './http-context.ts';
import { isServer, type ListenerClass } from './listener-class.ts';
import { pathNormalization } from './path-normalization.ts';
import { type ProxyHeaders, readProxyHeaders } from './proxy-headers.ts';

export interface ConnectionManagerOptions {
  readonly listenerClass: ListenerClass;
  readonly statPrefix: string;
  /** The prefix is used as it is, without the semicolon that keeps Envoy from taking its dots apart. */
  readonly literalStatPrefix?: boolean;
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
  const isGateway = options.listenerClass === 'gateway';
  return {
    statPrefix: options.literalStatPrefix ? options.statPrefix : `${options.statPrefix};`,
    ...routeSource(options.routes),
    httpFilters: httpFilters(context, options, headers),
    ...(tracing.tracing && { tracing: tracing.tracing }),
    ...(idleTimeout !== undefined && { commonHttpProtocolOptions: { idleTimeout } }),
    ...http1Options(context, options, headers),
    ...(isServer(options.listenerClass) && http2Options(options.protocol)),
    ...(options.listenerClass === 'sidecar-inbound' && clientCertificateOptions(headers)),
    ...(options.listenerClass === 'waypoint' &&
      tellsClientIdentity(context.view) && { forwardClientCertDetails: 'ALWAYS_FORWARD_ONLY' as const }),
    ...(isGateway && gatewayOptions(context.proxyConfig)),
    ...(headers.serverName !== undefined && { serverName: headers.serverName }),
    ...(headers.serverHeaderTransformation && { serverHeaderTransformation: headers.serverHeaderTransformation }),
    ...(headers.generateRequestId !== undefined && { generateRequestId: headers.generateRequestId }),
    streamIdleTimeout: '0s',
    ...(accessLogs.http.length > 0 && { accessLog: accessLogs.http }),
    // Behind a gateway lies the mesh; the address of whoever connects to it is the client's.
    useRemoteAddress: isGateway,
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

function http2Options(protocol: Protocol): Pick<HttpConnectionManager, 'http2ProtocolOptions'> {
  return isHttp2(protocol) ? { http2ProtocolOptions: {} } : {};
}

/** Only servers see client certificates. */
function clientCertificateOptions(headers: ProxyHeaders): Partial<HttpConnectionManager> {
  return {
    ...(headers.forwardClientCertDetails !== 'SANITIZE' && {
      forwardClientCertDetails: headers.forwardClientCertDetails,
    }),
    setCurrentClientCertDetails: headers.currentClientCertDetails,
  };
}

function http1Options(
  { acceptHttp10 }: HttpContext,
  { allowAbsoluteUrl = false, listenerClass }: ConnectionManagerOptions,
  { preserveHeaderCase }: ProxyHeaders,
): Pick<HttpConnectionManager, 'httpProtocolOptions'> {
  // istiod sends gateways the options even where they are empty.
  if (!acceptHttp10 && !allowAbsoluteUrl && !preserveHeaderCase && listenerClass !== 'gateway') return {};
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
  context: HttpContext,
  options: ConnectionManagerOptions,
  headers: ProxyHeaders,
): readonly HttpFilter[] {
  return options.listenerClass === 'waypoint'
    ? waypointFilters(context, options, headers)
    : workloadFilters(context, options, headers);
}

/** Names under any wildcard host are looked up, also those that are then routed elsewhere. */
function waypointFilters(
  { telemetry, view }: HttpContext,
  { listenerClass, protocol, service }: ConnectionManagerOptions,
  headers: ProxyHeaders,
): readonly HttpFilter[] {
  return [
    ...(tellsClientIdentity(view) ? [clientIdentityFilter] : []),
    ...(protocol === 'GRPC-Web' ? [grpcWebFilter] : []),
    grpcStatsFilter,
    faultFilter,
    corsFilter,
    ...(service && isWildcard(service.hostname) ? [dynamicForwardProxyFilter(view, service.hostname)] : []),
    upstreamPeerMetadata,
    ...telemetry[listenerClass].statsFilters,
    routerFilter(headers.suppressEnvoyHeaders),
  ];
}

function workloadFilters(
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
