// The messages that xdsim emits or wraps in an Any, under the names they get in TypeScript.
// Everything that their fields reach comes along; a new extension needs one line here.
export const rootMessages = {
  Cluster: 'envoy.config.cluster.v3.Cluster',
  Listener: 'envoy.config.listener.v3.Listener',
  RouteConfiguration: 'envoy.config.route.v3.RouteConfiguration',
  ClusterLoadAssignment: 'envoy.config.endpoint.v3.ClusterLoadAssignment',

  // clusters
  DynamicForwardProxyClusterConfig: 'envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig',
  HttpProtocolOptions: 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
  CaresDnsResolverConfig: 'envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig',
  PreserveCaseFormatterConfig: 'envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig',

  // transport sockets
  UpstreamTlsContext: 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
  DownstreamTlsContext: 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
  RawBuffer: 'envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer',
  InternalUpstreamTransport: 'envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport',
  ProxyProtocolUpstreamTransport: 'envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',

  // listener filters
  HttpInspector: 'envoy.extensions.filters.listener.http_inspector.v3.HttpInspector',
  TlsInspector: 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
  OriginalDst: 'envoy.extensions.filters.listener.original_dst.v3.OriginalDst',
  OriginalSrc: 'envoy.extensions.filters.listener.original_src.v3.OriginalSrc',
  ProxyProtocol: 'envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',

  // network filters
  HttpConnectionManager: 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
  TcpProxy: 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
  MongoProxy: 'envoy.extensions.filters.network.mongo_proxy.v3.MongoProxy',
  NetworkSetFilterState: 'envoy.extensions.filters.network.set_filter_state.v3.Config',
  SniCluster: 'envoy.extensions.filters.network.sni_cluster.v3.SniCluster',
  SniDynamicForwardProxy: 'envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig',

  // HTTP filters
  Router: 'envoy.extensions.filters.http.router.v3.Router',
  Cors: 'envoy.extensions.filters.http.cors.v3.Cors',
  CorsPolicy: 'envoy.extensions.filters.http.cors.v3.CorsPolicy',
  HttpFault: 'envoy.extensions.filters.http.fault.v3.HTTPFault',
  HttpDynamicForwardProxy: 'envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig',
  GrpcStats: 'envoy.extensions.filters.http.grpc_stats.v3.FilterConfig',
  GrpcWeb: 'envoy.extensions.filters.http.grpc_web.v3.GrpcWeb',
  HttpSetFilterState: 'envoy.extensions.filters.http.set_filter_state.v3.Config',
  HeaderMutation: 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
  Lua: 'envoy.extensions.filters.http.lua.v3.Lua',
  Alpn: 'istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig',
  IstioStats: 'stats.PluginConfig',
  TypedStruct: 'udpa.type.v1.TypedStruct',
  UuidRequestIdConfig: 'envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig',

  // routes
  PreviousHostsPredicate: 'envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
  PreviousPrioritiesConfig: 'envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig',

  // matchers
  ApplicationProtocolInput: 'envoy.extensions.matching.common_inputs.network.v3.ApplicationProtocolInput',
  DestinationIpInput: 'envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput',
  DestinationPortInput: 'envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput',
  IpMatcher: 'xds.type.matcher.v3.IPMatcher',

  // telemetry
  FileAccessLog: 'envoy.extensions.access_loggers.file.v3.FileAccessLog',
  HttpGrpcAccessLogConfig: 'envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig',
  TcpGrpcAccessLogConfig: 'envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig',
  CelExpressionFilter: 'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
  OpenTelemetryAccessLogConfig: 'envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig',
  ReqWithoutQuery: 'envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery',
  OpenTelemetryConfig: 'envoy.config.trace.v3.OpenTelemetryConfig',
  EnvironmentResourceDetectorConfig:
    'envoy.extensions.tracers.opentelemetry.resource_detectors.v3.EnvironmentResourceDetectorConfig',
  DynatraceResourceDetectorConfig:
    'envoy.extensions.tracers.opentelemetry.resource_detectors.v3.DynatraceResourceDetectorConfig',
  DynatraceSamplerConfig: 'envoy.extensions.tracers.opentelemetry.samplers.v3.DynatraceSamplerConfig',
  ZipkinConfig: 'envoy.config.trace.v3.ZipkinConfig',
  DatadogConfig: 'envoy.config.trace.v3.DatadogConfig',
  SkyWalkingConfig: 'envoy.config.trace.v3.SkyWalkingConfig',
};

// Fields that every output has although Envoy's validation rules leave them open.
export const alwaysPresent = new Set([
  'envoy.config.listener.v3.Listener.name',
  'envoy.config.route.v3.RouteConfiguration.name',
]);

// Fields that istiod leaves out although Envoy's validation rules ask for them.
export const mayBeAbsent = new Set([
  'envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig.resolvers',
  'envoy.config.core.v3.HttpUri.timeout',
  'envoy.config.trace.v3.ZipkinConfig.collector_cluster',
  'envoy.config.trace.v3.ZipkinConfig.collector_endpoint',
  'envoy.config.trace.v3.DatadogConfig.service_name',
]);
