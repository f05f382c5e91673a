import { clientTLSSettings } from './client-tls.ts';
import { tcpKeepalive } from './connection-pool.ts';
import { proxyImage } from './proxy-config-kind.ts';
import {
  bool,
  double,
  duration,
  enumeration,
  type Infer,
  int32,
  int64,
  list,
  map,
  message,
  string,
  uint32,
} from './schema.ts';
import { readinessProbe } from './workload-entry.ts';

export const tracingServiceName = enumeration({
  APP_LABEL_AND_NAMESPACE: 0,
  CANONICAL_NAME_ONLY: 1,
  CANONICAL_NAME_AND_NAMESPACE: 2,
});
export type TracingServiceName = Infer<typeof tracingServiceName>;

export const authenticationPolicy = enumeration({ NONE: 0, MUTUAL_TLS: 1, INHERIT: 1000 });
export type AuthenticationPolicy = Infer<typeof authenticationPolicy>;

export const inboundInterceptionMode = enumeration({ REDIRECT: 0, TPROXY: 1, NONE: 2 });
export type InboundInterceptionMode = Infer<typeof inboundInterceptionMode>;

export const zipkin = message('Zipkin', {
  address: string(),
});
export interface Zipkin extends Infer<typeof zipkin> {}

export const lightstep = message('Lightstep', {
  address: string(),
  accessToken: string(),
});
export interface Lightstep extends Infer<typeof lightstep> {}

export const datadog = message('Datadog', {
  address: string(),
});
export interface Datadog extends Infer<typeof datadog> {}

export const stackdriver = message('Stackdriver', {
  debug: bool(),
  maxNumberOfAttributes: int64(),
  maxNumberOfAnnotations: int64(),
  maxNumberOfMessageEvents: int64(),
});
export interface Stackdriver extends Infer<typeof stackdriver> {}

export const traceContext = enumeration({
  UNSPECIFIED: 0,
  W3C_TRACE_CONTEXT: 1,
  GRPC_BIN: 2,
  CLOUD_TRACE_CONTEXT: 3,
  B3: 4,
});
export type TraceContext = Infer<typeof traceContext>;

export const openCensusAgent = message('OpenCensusAgent', {
  address: string(),
  context: list(traceContext),
});
export interface OpenCensusAgent extends Infer<typeof openCensusAgent> {}

export const tracingLiteral = message('TracingLiteral', {
  value: string(),
});
export interface TracingLiteral extends Infer<typeof tracingLiteral> {}

export const tracingEnvironment = message('TracingEnvironment', {
  name: string(),
  defaultValue: string(),
});
export interface TracingEnvironment extends Infer<typeof tracingEnvironment> {}

export const tracingRequestHeader = message('TracingRequestHeader', {
  name: string(),
  defaultValue: string(),
});
export interface TracingRequestHeader extends Infer<typeof tracingRequestHeader> {}

export const tracingCustomTag = message(
  'TracingCustomTag',
  {
    literal: tracingLiteral,
    environment: tracingEnvironment,
    header: tracingRequestHeader,
  },
  { oneOf: [['literal', 'environment', 'header']] },
);
export interface TracingCustomTag extends Infer<typeof tracingCustomTag> {}

export const proxyTracing = message(
  'ProxyTracing',
  {
    zipkin,
    lightstep,
    datadog,
    stackdriver,
    openCensusAgent,
    customTags: map(tracingCustomTag),
    maxPathTagLength: uint32(),
    sampling: double(),
    tlsSettings: clientTLSSettings,
    enableIstioTags: bool(),
  },
  { oneOf: [['zipkin', 'lightstep', 'datadog', 'stackdriver', 'openCensusAgent']] },
);
export interface ProxyTracing extends Infer<typeof proxyTracing> {}

export const sds = message('SDS', {
  enabled: bool(),
  k8sSaJwtPath: string(),
});
export interface SDS extends Infer<typeof sds> {}

export const remoteService = message('RemoteService', {
  address: string(),
  tlsSettings: clientTLSSettings,
  tcpKeepalive,
});
export interface RemoteService extends Infer<typeof remoteService> {}

export const forwardClientCertDetails = enumeration({
  UNDEFINED: 0,
  SANITIZE: 1,
  FORWARD_ONLY: 2,
  APPEND_FORWARD: 3,
  SANITIZE_SET: 4,
  ALWAYS_FORWARD_ONLY: 5,
});
export type ForwardClientCertDetails = Infer<typeof forwardClientCertDetails>;

export const proxyProtocolConfiguration = message('ProxyProtocolConfiguration', {});
export interface ProxyProtocolConfiguration extends Infer<typeof proxyProtocolConfiguration> {}

export const topology = message('Topology', {
  numTrustedProxies: uint32(),
  forwardClientCertDetails,
  proxyProtocol: proxyProtocolConfiguration,
});
export interface Topology extends Infer<typeof topology> {}

export const proxyStatsMatcher = message('ProxyStatsMatcher', {
  inclusionPrefixes: list(string()),
  inclusionSuffixes: list(string()),
  inclusionRegexps: list(string()),
});
export interface ProxyStatsMatcher extends Infer<typeof proxyStatsMatcher> {}

export const cryptoMb = message('CryptoMb', {
  pollDelay: duration(),
  fallback: bool(),
});
export interface CryptoMb extends Infer<typeof cryptoMb> {}

export const qat = message('QAT', {
  pollDelay: duration(),
  fallback: bool(),
});
export interface QAT extends Infer<typeof qat> {}

export const privateKeyProvider = message(
  'PrivateKeyProvider',
  {
    cryptomb: cryptoMb,
    qat,
  },
  { oneOf: [['cryptomb', 'qat']] },
);
export interface PrivateKeyProvider extends Infer<typeof privateKeyProvider> {}

export const setCurrentClientCertDetails = message('SetCurrentClientCertDetails', {
  subject: bool(),
  cert: bool(),
  chain: bool(),
  dns: bool(),
  uri: bool(),
});
export interface SetCurrentClientCertDetails extends Infer<typeof setCurrentClientCertDetails> {}

export const requestId = message('RequestId', {
  disabled: bool(),
});
export interface RequestId extends Infer<typeof requestId> {}

export const proxyHeadersServer = message('ProxyHeadersServer', {
  disabled: bool(),
  value: string(),
});
export interface ProxyHeadersServer extends Infer<typeof proxyHeadersServer> {}

export const attemptCount = message('AttemptCount', {
  disabled: bool(),
});
export interface AttemptCount extends Infer<typeof attemptCount> {}

export const envoyDebugHeaders = message('EnvoyDebugHeaders', {
  disabled: bool(),
});
export interface EnvoyDebugHeaders extends Infer<typeof envoyDebugHeaders> {}

export const metadataExchangeMode = enumeration({ UNDEFINED: 0, IN_MESH: 1 });
export type MetadataExchangeMode = Infer<typeof metadataExchangeMode>;

export const metadataExchangeHeaders = message('MetadataExchangeHeaders', {
  mode: metadataExchangeMode,
});
export interface MetadataExchangeHeaders extends Infer<typeof metadataExchangeHeaders> {}

export const xForwardedHost = message('XForwardedHost', {
  enabled: bool(),
});
export interface XForwardedHost extends Infer<typeof xForwardedHost> {}

export const xForwardedPort = message('XForwardedPort', {
  enabled: bool(),
});
export interface XForwardedPort extends Infer<typeof xForwardedPort> {}

export const proxyHeaders = message('ProxyHeaders', {
  forwardedClientCert: forwardClientCertDetails,
  setCurrentClientCertDetails,
  requestId,
  server: proxyHeadersServer,
  attemptCount,
  envoyDebugHeaders,
  metadataExchangeHeaders,
  preserveHttp1HeaderCase: bool(),
  xForwardedHost,
  xForwardedPort,
});
export interface ProxyHeaders extends Infer<typeof proxyHeaders> {}

export const proxyConfig = message(
  'ProxyConfig',
  {
    configPath: string(),
    binaryPath: string(),
    serviceCluster: string(),
    tracingServiceName,
    drainDuration: duration(),
    discoveryAddress: string(),
    discoveryRefreshDelay: duration(),
    zipkinAddress: string(),
    statsdUdpAddress: string(),
    envoyMetricsServiceAddress: string(),
    proxyAdminPort: int32(),
    availabilityZone: string(),
    controlPlaneAuthPolicy: authenticationPolicy,
    customConfigFile: string(),
    statNameLength: int32(),
    concurrency: int32(),
    proxyBootstrapTemplatePath: string(),
    interceptionMode: inboundInterceptionMode,
    tracing: proxyTracing,
    sds,
    envoyAccessLogService: remoteService,
    envoyMetricsService: remoteService,
    proxyMetadata: map(string()),
    runtimeValues: map(string()),
    statusPort: int32(),
    extraStatTags: list(string()),
    gatewayTopology: topology,
    terminationDrainDuration: duration(),
    meshId: string(),
    readinessProbe,
    proxyStatsMatcher,
    holdApplicationUntilProxyStarts: bool(),
    caCertificatesPem: list(string()),
    image: proxyImage,
    privateKeyProvider,
    proxyHeaders,
    fileFlushInterval: duration(),
    fileFlushMinSizeKb: uint32(),
    statsCompression: bool(),
  },
  { oneOf: [['serviceCluster', 'tracingServiceName']] },
);
export interface ProxyConfig extends Infer<typeof proxyConfig> {}
