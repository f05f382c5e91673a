import { isWildcard } from '../../model/hostname.ts';
import { isHttp2, type Protocol } from '../../model/protocol.ts';
import type { Service } from '../../model/service.ts';
import type { Draft } from '../../xds/draft.ts';
import { frozen } from '../../xds/frozen.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type {
  AnyOf,
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
import type { ProxyHeaders } from './proxy-headers.ts';

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

type Manager = Draft<AnyOf<'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'>>;

/** The HTTP connection manager filter of a chain. Source: istio `pilot/pkg/networking/core/listener_builder.go`. */
export function buildConnectionManager(context: HttpContext, options: ConnectionManagerOptions): ConfigFilter {
  const { idleTimeout, telemetry } = context;
  const { listenerClass, routes, statPrefix } = options;
  const { accessLogs, tracing } = telemetry[listenerClass];
  const headers = context.proxyHeaders[listenerClass];
  const manager: Manager = {
    '@type': typeUrls.httpConnectionManager,
    statPrefix: options.literalStatPrefix ? statPrefix : `${statPrefix};`,
  };
  if ('inline' in routes) manager.routeConfig = routes.inline;
  else manager.rds = { configSource: overAds, routeConfigName: routes.name };
  manager.httpFilters = httpFilters(context, options, headers);
  if (tracing.tracing) manager.tracing = tracing.tracing;
  if (idleTimeout !== undefined) manager.commonHttpProtocolOptions = { idleTimeout };
  setHttp1Options(manager, options, context);
  if (isServer(listenerClass) && isHttp2(options.protocol)) manager.http2ProtocolOptions = {};
  setClientCertificateOptions(manager, listenerClass, context);
  if (headers.serverName !== undefined) manager.serverName = headers.serverName;
  if (headers.serverHeaderTransformation) manager.serverHeaderTransformation = headers.serverHeaderTransformation;
  if (headers.generateRequestId !== undefined) manager.generateRequestId = headers.generateRequestId;
  manager.streamIdleTimeout = '0s';
  if (accessLogs.http.length > 0) manager.accessLog = accessLogs.http;
  // Behind a gateway lies the mesh; the address of whoever connects to it is the client's.
  manager.useRemoteAddress = listenerClass === 'gateway';
  manager.proxy100Continue = true;
  manager.upgradeConfigs = webSockets;
  Object.assign(manager, pathNormalization(context.view.mesh.configuration));
  manager.requestIdExtension = tracing.useRequestIdForTraceSampling ? tracedRequestIds : requestIds;
  if (headers.appendForwardedPort) manager.appendXForwardedPort = true;
  return { name: 'envoy.filters.network.http_connection_manager', typedConfig: manager };
}

const overAds: NonNullable<HttpConnectionManager['rds']>['configSource'] = frozen({
  ads: {},
  initialFetchTimeout: '0s',
  resourceApiVersion: 'V3',
});

const webSockets = frozen([{ upgradeType: 'websocket' }]);
const requestIds = requestIdExtension(false);
const tracedRequestIds = requestIdExtension(true);

function requestIdExtension(
  useRequestIdForTraceSampling: boolean,
): NonNullable<HttpConnectionManager['requestIdExtension']> {
  return frozen({ typedConfig: { '@type': typeUrls.uuidRequestIdConfig, useRequestIdForTraceSampling } });
}

/** Sidecars see client certificates where they are servers; a waypoint tells of them, a gateway follows its topology. */
function setClientCertificateOptions(
  manager: Manager,
  listenerClass: ListenerClass,
  { view, proxyConfig, proxyHeaders }: HttpContext,
): void {
  const { forwardClientCertDetails, currentClientCertDetails } = proxyHeaders[listenerClass];
  switch (listenerClass) {
    case 'sidecar-inbound':
      if (forwardClientCertDetails !== 'SANITIZE') manager.forwardClientCertDetails = forwardClientCertDetails;
      manager.setCurrentClientCertDetails = currentClientCertDetails;
      return;
    case 'waypoint':
      if (tellsClientIdentity(view)) manager.forwardClientCertDetails = 'ALWAYS_FORWARD_ONLY';
      return;
    case 'gateway':
      Object.assign(manager, gatewayOptions(proxyConfig));
      return;
    case 'sidecar-outbound':
  }
}

function setHttp1Options(
  manager: Manager,
  { allowAbsoluteUrl = false, listenerClass }: ConnectionManagerOptions,
  { acceptHttp10, proxyHeaders }: HttpContext,
): void {
  const { preserveHeaderCase } = proxyHeaders[listenerClass];
  // istiod sends gateways the options even where they are empty.
  if (!acceptHttp10 && !allowAbsoluteUrl && !preserveHeaderCase && listenerClass !== 'gateway') return;
  manager.httpProtocolOptions = {
    ...(allowAbsoluteUrl && { allowAbsoluteUrl }),
    ...(acceptHttp10 && { acceptHttp10 }),
    ...(preserveHeaderCase && { headerKeyFormat: preserveCase }),
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
