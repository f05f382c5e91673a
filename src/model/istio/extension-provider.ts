import {
  bool,
  duration,
  enumeration,
  type Infer,
  int32,
  int64,
  list,
  map,
  message,
  string,
  struct,
  uint32,
} from './schema.ts';

export const envoyExternalAuthorizationRequestBody = message('EnvoyExternalAuthorizationRequestBody', {
  maxRequestBytes: uint32(),
  allowPartialMessage: bool(),
  packAsBytes: bool(),
});
export interface EnvoyExternalAuthorizationRequestBody extends Infer<typeof envoyExternalAuthorizationRequestBody> {}

export const envoyExternalAuthorizationHttpProvider = message('EnvoyExternalAuthorizationHttpProvider', {
  service: string(),
  port: uint32(),
  timeout: duration(),
  pathPrefix: string(),
  failOpen: bool(),
  clearRouteCache: bool(),
  statusOnError: string(),
  includeHeadersInCheck: list(string()),
  includeRequestHeadersInCheck: list(string()),
  includeAdditionalHeadersInCheck: map(string()),
  includeRequestBodyInCheck: envoyExternalAuthorizationRequestBody,
  headersToUpstreamOnAllow: list(string()),
  headersToDownstreamOnDeny: list(string()),
  headersToDownstreamOnAllow: list(string()),
});
export interface EnvoyExternalAuthorizationHttpProvider extends Infer<typeof envoyExternalAuthorizationHttpProvider> {}

export const envoyExternalAuthorizationGrpcProvider = message('EnvoyExternalAuthorizationGrpcProvider', {
  service: string(),
  port: uint32(),
  timeout: duration(),
  failOpen: bool(),
  clearRouteCache: bool(),
  statusOnError: string(),
  includeRequestBodyInCheck: envoyExternalAuthorizationRequestBody,
});
export interface EnvoyExternalAuthorizationGrpcProvider extends Infer<typeof envoyExternalAuthorizationGrpcProvider> {}

export const traceContextOption = enumeration({ USE_B3: 0, USE_B3_WITH_W3C_PROPAGATION: 1 });
export type TraceContextOption = Infer<typeof traceContextOption>;

export const httpHeader = message(
  'HttpHeader',
  {
    name: string(),
    value: string(),
    envName: string(),
  },
  { oneOf: [['value', 'envName']] },
);
export interface HttpHeader extends Infer<typeof httpHeader> {}

export const zipkinTracingProvider = message('ZipkinTracingProvider', {
  service: string(),
  port: uint32(),
  maxTagLength: uint32(),
  enable64bitTraceId: bool(),
  path: string(),
  traceContextOption,
  timeout: duration(),
  headers: list(httpHeader),
});
export interface ZipkinTracingProvider extends Infer<typeof zipkinTracingProvider> {}

export const lightstepTracingProvider = message('LightstepTracingProvider', {
  service: string(),
  port: uint32(),
  accessToken: string(),
  maxTagLength: uint32(),
});
export interface LightstepTracingProvider extends Infer<typeof lightstepTracingProvider> {}

export const datadogTracingProvider = message('DatadogTracingProvider', {
  service: string(),
  port: uint32(),
  maxTagLength: uint32(),
});
export interface DatadogTracingProvider extends Infer<typeof datadogTracingProvider> {}

export const logging = message('Logging', {
  labels: map(string()),
});
export interface Logging extends Infer<typeof logging> {}

export const stackdriverProvider = message('StackdriverProvider', {
  debug: bool(),
  maxNumberOfAttributes: int64(),
  maxNumberOfAnnotations: int64(),
  maxNumberOfMessageEvents: int64(),
  maxTagLength: uint32(),
  logging,
});
export interface StackdriverProvider extends Infer<typeof stackdriverProvider> {}

export const openCensusAgentTracingProviderTraceContext = enumeration({
  UNSPECIFIED: 0,
  W3C_TRACE_CONTEXT: 1,
  GRPC_BIN: 2,
  CLOUD_TRACE_CONTEXT: 3,
  B3: 4,
});
export type OpenCensusAgentTracingProviderTraceContext = Infer<typeof openCensusAgentTracingProviderTraceContext>;

export const openCensusAgentTracingProvider = message('OpenCensusAgentTracingProvider', {
  service: string(),
  port: uint32(),
  context: list(openCensusAgentTracingProviderTraceContext),
  maxTagLength: uint32(),
});
export interface OpenCensusAgentTracingProvider extends Infer<typeof openCensusAgentTracingProvider> {}

export const skyWalkingTracingProvider = message('SkyWalkingTracingProvider', {
  service: string(),
  port: uint32(),
  accessToken: string(),
});
export interface SkyWalkingTracingProvider extends Infer<typeof skyWalkingTracingProvider> {}

export const httpService = message('HttpService', {
  path: string(),
  timeout: duration(),
  headers: list(httpHeader),
});
export interface HttpService extends Infer<typeof httpService> {}

export const grpcService = message('GrpcService', {
  timeout: duration(),
  initialMetadata: list(httpHeader),
});
export interface GrpcService extends Infer<typeof grpcService> {}

export const environmentResourceDetector = message('EnvironmentResourceDetector', {});
export interface EnvironmentResourceDetector extends Infer<typeof environmentResourceDetector> {}

export const dynatraceResourceDetector = message('DynatraceResourceDetector', {});
export interface DynatraceResourceDetector extends Infer<typeof dynatraceResourceDetector> {}

export const resourceDetectors = message('ResourceDetectors', {
  environment: environmentResourceDetector,
  dynatrace: dynatraceResourceDetector,
});
export interface ResourceDetectors extends Infer<typeof resourceDetectors> {}

export const serviceAttributeEnrichment = enumeration({ ISTIO_CANONICAL: 0, OTEL_SEMANTIC_CONVENTIONS: 1 });
export type ServiceAttributeEnrichment = Infer<typeof serviceAttributeEnrichment>;

export const dynatraceApi = message('DynatraceApi', {
  service: string(),
  port: uint32(),
  http: httpService,
});
export interface DynatraceApi extends Infer<typeof dynatraceApi> {}

export const dynatraceSampler = message('DynatraceSampler', {
  tenant: string(),
  clusterId: int32(),
  rootSpansPerMinute: uint32(),
  httpService: dynatraceApi,
});
export interface DynatraceSampler extends Infer<typeof dynatraceSampler> {}

export const openTelemetryTracingProvider = message('OpenTelemetryTracingProvider', {
  service: string(),
  port: uint32(),
  maxTagLength: uint32(),
  http: httpService,
  grpc: grpcService,
  resourceDetectors,
  serviceAttributeEnrichment,
  dynatraceSampler,
});
export interface OpenTelemetryTracingProvider extends Infer<typeof openTelemetryTracingProvider> {}

export const prometheusMetricsProvider = message('PrometheusMetricsProvider', {});
export interface PrometheusMetricsProvider extends Infer<typeof prometheusMetricsProvider> {}

export const logFormat = message(
  'LogFormat',
  {
    text: string(),
    labels: struct(),
  },
  { oneOf: [['text', 'labels']] },
);
export interface LogFormat extends Infer<typeof logFormat> {}

export const envoyFileAccessLogProvider = message('EnvoyFileAccessLogProvider', {
  path: string(),
  logFormat,
  omitEmptyValues: bool(),
});
export interface EnvoyFileAccessLogProvider extends Infer<typeof envoyFileAccessLogProvider> {}

export const envoyHttpGrpcV3LogProvider = message('EnvoyHttpGrpcV3LogProvider', {
  service: string(),
  port: uint32(),
  logName: string(),
  filterStateObjectsToLog: list(string()),
  additionalRequestHeadersToLog: list(string()),
  additionalResponseHeadersToLog: list(string()),
  additionalResponseTrailersToLog: list(string()),
});
export interface EnvoyHttpGrpcV3LogProvider extends Infer<typeof envoyHttpGrpcV3LogProvider> {}

export const envoyTcpGrpcV3LogProvider = message('EnvoyTcpGrpcV3LogProvider', {
  service: string(),
  port: uint32(),
  logName: string(),
  filterStateObjectsToLog: list(string()),
});
export interface EnvoyTcpGrpcV3LogProvider extends Infer<typeof envoyTcpGrpcV3LogProvider> {}

export const envoyOpenTelemetryLogProviderLogFormat = message('EnvoyOpenTelemetryLogProviderLogFormat', {
  text: string(),
  labels: struct(),
});
export interface EnvoyOpenTelemetryLogProviderLogFormat extends Infer<typeof envoyOpenTelemetryLogProviderLogFormat> {}

export const envoyOpenTelemetryLogProvider = message('EnvoyOpenTelemetryLogProvider', {
  service: string(),
  port: uint32(),
  logName: string(),
  logFormat: envoyOpenTelemetryLogProviderLogFormat,
});
export interface EnvoyOpenTelemetryLogProvider extends Infer<typeof envoyOpenTelemetryLogProvider> {}

export const sdsProvider = message('SDSProvider', {
  name: string(),
  service: string(),
  port: uint32(),
});
export interface SDSProvider extends Infer<typeof sdsProvider> {}

export const extensionProvider = message(
  'ExtensionProvider',
  {
    name: string(),
    envoyExtAuthzHttp: envoyExternalAuthorizationHttpProvider,
    envoyExtAuthzGrpc: envoyExternalAuthorizationGrpcProvider,
    zipkin: zipkinTracingProvider,
    lightstep: lightstepTracingProvider,
    datadog: datadogTracingProvider,
    stackdriver: stackdriverProvider,
    opencensus: openCensusAgentTracingProvider,
    skywalking: skyWalkingTracingProvider,
    opentelemetry: openTelemetryTracingProvider,
    prometheus: prometheusMetricsProvider,
    envoyFileAccessLog: envoyFileAccessLogProvider,
    envoyHttpAls: envoyHttpGrpcV3LogProvider,
    envoyTcpAls: envoyTcpGrpcV3LogProvider,
    envoyOtelAls: envoyOpenTelemetryLogProvider,
    sds: sdsProvider,
  },
  {
    oneOf: [
      [
        'envoyExtAuthzHttp',
        'envoyExtAuthzGrpc',
        'zipkin',
        'lightstep',
        'datadog',
        'stackdriver',
        'opencensus',
        'skywalking',
        'opentelemetry',
        'prometheus',
        'envoyFileAccessLog',
        'envoyHttpAls',
        'envoyTcpAls',
        'envoyOtelAls',
        'sds',
      ],
    ],
  },
);
export interface ExtensionProvider extends Infer<typeof extensionProvider> {}
