import { clientTLSSettings } from './client-tls.ts';
import { tcpKeepalive } from './connection-pool.ts';
import { extensionProvider } from './extension-provider.ts';
import { localityLoadBalancerSetting } from './load-balancer.ts';
import { proxyConfig } from './proxy-config.ts';
import { bool, duration, enumeration, type Infer, int32, list, map, message, string } from './schema.ts';
import { httpRetry } from './virtual-service-action.ts';

export * from './extension-provider.ts';
export * from './proxy-config.ts';

export const ingressControllerMode = enumeration({ UNSPECIFIED: 0, OFF: 1, DEFAULT: 2, STRICT: 3 });
export type IngressControllerMode = Infer<typeof ingressControllerMode>;

export const accessLogEncoding = enumeration({ TEXT: 0, JSON: 1 });
export type AccessLogEncoding = Infer<typeof accessLogEncoding>;

export const outboundTrafficPolicyMode = enumeration({ REGISTRY_ONLY: 0, ALLOW_ANY: 1, ALLOW_ANY_DYNAMIC_DNS: 3 });
export type OutboundTrafficPolicyMode = Infer<typeof outboundTrafficPolicyMode>;

export const meshConfigOutboundTrafficPolicy = message('MeshConfigOutboundTrafficPolicy', {
  mode: outboundTrafficPolicyMode,
  tls: clientTLSSettings,
});
export interface MeshConfigOutboundTrafficPolicy extends Infer<typeof meshConfigOutboundTrafficPolicy> {}

export const inboundTrafficPolicyMode = enumeration({ PASSTHROUGH: 0, LOCALHOST: 1 });
export type InboundTrafficPolicyMode = Infer<typeof inboundTrafficPolicyMode>;

export const inboundTrafficPolicy = message('InboundTrafficPolicy', {
  mode: inboundTrafficPolicyMode,
});
export interface InboundTrafficPolicy extends Infer<typeof inboundTrafficPolicy> {}

export const resource = enumeration({ SERVICE_REGISTRY: 0 });
export type Resource = Infer<typeof resource>;

export const configSource = message('ConfigSource', {
  address: string(),
  tlsSettings: clientTLSSettings,
  subscribedResources: list(resource),
});
export interface ConfigSource extends Infer<typeof configSource> {}

export const certificateData = message(
  'CertificateData',
  {
    pem: string(),
    spiffeBundleUrl: string(),
    certSigners: list(string()),
    trustDomains: list(string()),
  },
  { oneOf: [['pem', 'spiffeBundleUrl']] },
);
export interface CertificateData extends Infer<typeof certificateData> {}

export const meshConfigH2UpgradePolicy = enumeration({ DO_NOT_UPGRADE: 0, UPGRADE: 1 });
export type MeshConfigH2UpgradePolicy = Infer<typeof meshConfigH2UpgradePolicy>;

export const certificate = message('Certificate', {
  secretName: string(),
  dnsNames: list(string()),
});
export interface Certificate extends Infer<typeof certificate> {}

export const settings = message('Settings', {
  clusterLocal: bool(),
});
export interface Settings extends Infer<typeof settings> {}

export const serviceSettings = message('ServiceSettings', {
  settings,
  hosts: list(string()),
});
export interface ServiceSettings extends Infer<typeof serviceSettings> {}

export const labelSelectorRequirement = message('LabelSelectorRequirement', {
  key: string(),
  operator: string(),
  values: list(string()),
});
export interface LabelSelectorRequirement extends Infer<typeof labelSelectorRequirement> {}

export const labelSelector = message('LabelSelector', {
  matchLabels: map(string()),
  matchExpressions: list(labelSelectorRequirement),
});
export interface LabelSelector extends Infer<typeof labelSelector> {}

export const scope = enumeration({ LOCAL: 0, GLOBAL: 1 });
export type Scope = Infer<typeof scope>;

export const serviceScopeConfigs = message('ServiceScopeConfigs', {
  namespaceSelector: labelSelector,
  servicesSelector: labelSelector,
  scope,
});
export interface ServiceScopeConfigs extends Infer<typeof serviceScopeConfigs> {}

export const ca = message('CA', {
  address: string(),
  tlsSettings: clientTLSSettings,
  requestTimeout: duration(),
  istiodSide: bool(),
});
export interface CA extends Infer<typeof ca> {}

export const defaultProviders = message('DefaultProviders', {
  tracing: list(string()),
  metrics: list(string()),
  accessLogging: list(string()),
});
export interface DefaultProviders extends Infer<typeof defaultProviders> {}

export const normalizationType = enumeration({
  DEFAULT: 0,
  NONE: 1,
  BASE: 2,
  MERGE_SLASHES: 3,
  DECODE_AND_MERGE_SLASHES: 4,
});
export type NormalizationType = Infer<typeof normalizationType>;

export const proxyPathNormalization = message('ProxyPathNormalization', {
  normalization: normalizationType,
});
export interface ProxyPathNormalization extends Infer<typeof proxyPathNormalization> {}

export const tlsConfigTLSProtocol = enumeration({ TLS_AUTO: 0, TLSV1_2: 1, TLSV1_3: 2 });
export type TLSConfigTLSProtocol = Infer<typeof tlsConfigTLSProtocol>;

export const tlsConfig = message('TLSConfig', {
  minProtocolVersion: tlsConfigTLSProtocol,
  ecdhCurves: list(string()),
  cipherSuites: list(string()),
});
export interface TLSConfig extends Infer<typeof tlsConfig> {}

export const meshConfig = message('MeshConfig', {
  proxyListenPort: int32(),
  proxyInboundListenPort: int32(),
  proxyHttpPort: int32(),
  connectTimeout: duration(),
  hboneIdleTimeout: duration(),
  protocolDetectionTimeout: duration(),
  tcpKeepalive,
  ingressClass: string(),
  ingressService: string(),
  ingressControllerMode,
  ingressSelector: string(),
  enableTracing: bool(),
  accessLogFile: string(),
  accessLogFormat: string(),
  accessLogEncoding,
  enableEnvoyAccessLogService: bool(),
  disableEnvoyListenerLog: bool(),
  defaultConfig: proxyConfig,
  outboundTrafficPolicy: meshConfigOutboundTrafficPolicy,
  inboundTrafficPolicy,
  configSources: list(configSource),
  enableAutoMtls: bool(),
  trustDomain: string(),
  trustDomainAliases: list(string()),
  caCertificates: list(certificateData),
  defaultServiceExportTo: list(string()),
  defaultVirtualServiceExportTo: list(string()),
  defaultDestinationRuleExportTo: list(string()),
  rootNamespace: string(),
  localityLbSetting: localityLoadBalancerSetting,
  dnsRefreshRate: duration(),
  h2UpgradePolicy: meshConfigH2UpgradePolicy,
  inboundClusterStatName: string(),
  outboundClusterStatName: string(),
  certificates: list(certificate),
  serviceSettings: list(serviceSettings),
  serviceScopeConfigs: list(serviceScopeConfigs),
  enablePrometheusMerge: bool(),
  verifyCertificateAtClient: bool(),
  ca,
  extensionProviders: list(extensionProvider),
  defaultProviders,
  discoverySelectors: list(labelSelector),
  pathNormalization: proxyPathNormalization,
  defaultHttpRetryPolicy: httpRetry,
  meshMTLS: tlsConfig,
  tlsDefaults: tlsConfig,
});
export interface MeshConfig extends Infer<typeof meshConfig> {}
