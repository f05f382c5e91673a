import type { Report } from '../model/diagnostic.ts';
import { formatFieldPath } from '../model/field-path.ts';
import { decode } from '../model/istio/decode.ts';
import { type ExtensionProvider, type MeshConfig, meshConfig, type ProxyConfig } from '../model/istio/mesh-config.ts';

/**
 * Istio's built-in mesh configuration with what the default Helm installation sets.
 * Source: istio `pkg/config/mesh/mesh.go`, DefaultMeshConfig.
 */
const baseMeshConfig: Omit<MeshConfig, MergedField> = {
  enableTracing: true,
  accessLogEncoding: 'TEXT',
  protocolDetectionTimeout: '0s',
  ingressService: 'istio-ingressgateway',
  ingressControllerMode: 'STRICT',
  ingressClass: 'istio',
  trustDomain: 'cluster.local',
  enableAutoMtls: true,
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  inboundTrafficPolicy: { mode: 'PASSTHROUGH' },
  localityLbSetting: { enabled: true },
  rootNamespace: 'istio-system',
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  connectTimeout: '10s',
  defaultServiceExportTo: ['*'],
  defaultVirtualServiceExportTo: ['*'],
  defaultDestinationRuleExportTo: ['*'],
  dnsRefreshRate: '60s',
  enablePrometheusMerge: true,
};

/** Where a user's value does not just replace the default. */
type MergedField = 'defaultConfig' | 'defaultProviders' | 'extensionProviders' | 'trustDomainAliases';

const baseProviders: readonly ExtensionProvider[] = [
  { name: 'prometheus', prometheus: {} },
  { name: 'stackdriver', stackdriver: {} },
  { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
];

const baseProxyConfig: ProxyConfig = {
  configPath: './etc/istio/proxy',
  serviceCluster: 'istio-proxy',
  drainDuration: '45s',
  terminationDrainDuration: '5s',
  proxyAdminPort: 15000,
  controlPlaneAuthPolicy: 'MUTUAL_TLS',
  discoveryAddress: 'istiod.istio-system.svc:15012',
  binaryPath: '/usr/local/bin/envoy',
  statNameLength: 189,
  statusPort: 15020,
};

/**
 * Merges a user's mesh configuration over the base, as istiod does: every field replaces the default, except that
 * `defaultConfig` and `defaultProviders` are merged by field and `extensionProviders` by name.
 *
 * A configuration that istiod refuses is reported and left out as a whole.
 */
export function mergeMeshConfig(given: object, report: Report): MeshConfig {
  const user = readMeshConfig(given, report);
  const { defaultConfig = {}, defaultProviders, extensionProviders = [], trustDomainAliases, ...others } = user;
  // What begins as a copy is laid out anew each time, and all that asks it would be compiled again: copies come last.
  return {
    defaultConfig: mergeProxyConfig(baseProxyConfig, defaultConfig),
    defaultProviders: { metrics: ['prometheus'], ...defaultProviders, ...emptiedProviders(given) },
    extensionProviders: mergeProviders(baseProviders, extensionProviders),
    trustDomainAliases: [...new Set(trustDomainAliases)].sort(),
    ...baseMeshConfig,
    ...others,
  };
}

/** Reading drops empty lists, but here one means: none of the default providers. */
function emptiedProviders(given: { readonly defaultProviders?: unknown }): MeshConfig['defaultProviders'] {
  const { defaultProviders } = given;
  if (typeof defaultProviders !== 'object' || defaultProviders === null) return {};
  const emptied = Object.entries(defaultProviders).filter(([, names]) => Array.isArray(names) && names.length === 0);
  return Object.fromEntries(emptied);
}

function readMeshConfig(given: object, report: Report): MeshConfig {
  const { value, problems, unknownFields } = decode(meshConfig, given, { path: ['meshConfig'] });
  for (const { path } of unknownFields) {
    const field = formatFieldPath(path);
    report({ code: 'field-unknown', severity: 'info', path: field, message: `${field} is not known and is ignored.` });
  }
  for (const problem of problems) {
    const field = formatFieldPath(problem.path);
    const message = `istiod refuses the mesh configuration, so its defaults are used: ${field} ${problem.message}`;
    report({ code: 'scenario-invalid', severity: 'error', path: field, message });
  }
  return problems.length === 0 ? value : {};
}

function mergeProxyConfig(base: ProxyConfig, user: ProxyConfig): ProxyConfig {
  return {
    ...base,
    ...user,
    ...((base.proxyMetadata ?? user.proxyMetadata) && {
      proxyMetadata: { ...base.proxyMetadata, ...user.proxyMetadata },
    }),
  };
}

/** A provider of a known name takes that one's place; new ones come last. */
function mergeProviders(
  base: readonly ExtensionProvider[],
  user: readonly ExtensionProvider[],
): readonly ExtensionProvider[] {
  const byName = new Map(base.map((provider) => [provider.name, provider]));
  for (const provider of user) byName.set(provider.name, provider);
  return [...byName.values()];
}
