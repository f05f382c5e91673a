import type { Report } from '../model/diagnostic.ts';
import type { ProxyConfig } from '../model/istio/mesh-config.ts';
import { parseLocality } from '../model/locality.ts';
import type { Proxy } from '../model/proxy.ts';
import type { IstioVersion, ProxyScenario, Scenario } from '../model/scenario.ts';
import { selectProfile } from '../profiles/profile.ts';
import { readBoolean, readFeatures } from './features.ts';
import type { MeshSettings } from './mesh.ts';
import { mergeMeshConfig } from './mesh-config.ts';
import { reportUnsimulatedSettings } from './unsimulated-settings.ts';

/** The patch release of each line that the recordings were made with. */
const patchReleases: Readonly<Record<IstioVersion, readonly [number, number, number]>> = {
  '1.29': [1, 29, 6],
  '1.30': [1, 30, 3],
  '1.31': [1, 31, 0],
};

/** Completes a scenario with the defaults: which proxy asks, in which mesh. */
export function readScenario(
  scenario: Scenario,
  report: Report,
): { readonly proxy: Proxy; readonly settings: MeshSettings } {
  const version = readVersion(scenario.istioVersion, report);
  reportUnsimulatedSettings(scenario, report);
  const configuration = mergeMeshConfig(scenario.meshConfig ?? {}, report);
  const defaultProxyConfig: ProxyConfig = configuration.defaultConfig ?? {};
  return {
    proxy: readProxy(scenario.proxy ?? {}, { proxyConfig: defaultProxyConfig, version, report }),
    settings: {
      configuration,
      defaultProxyConfig,
      rootNamespace: configuration.rootNamespace ?? 'istio-system',
      trustDomain: configuration.trustDomain ?? 'cluster.local',
      trustDomainAliases: configuration.trustDomainAliases ?? [],
      clusterId: scenario.proxy?.clusterId ?? defaultClusterId,
      features: readFeatures(scenario.features ?? {}),
      profile: selectProfile(version),
    },
  };
}

const defaultClusterId = 'Kubernetes';

function readVersion(version: string | undefined, report: Report): IstioVersion {
  if (version === undefined) return '1.30';
  if (Object.hasOwn(patchReleases, version)) return version as IstioVersion;
  report({
    code: 'scenario-invalid',
    severity: 'error',
    path: 'istioVersion',
    message: `Istio "${version}" is not simulated; 1.30 is used. Choose one of ${Object.keys(patchReleases).join(', ')}.`,
  });
  return '1.30';
}

interface ProxySurroundings {
  readonly proxyConfig: ProxyConfig;
  readonly version: IstioVersion;
  readonly report: Report;
}

function readProxy(scenario: ProxyScenario, { proxyConfig, version, report }: ProxySurroundings): Proxy {
  const type = readType(scenario.type, report);
  const name = scenario.name ?? 'client';
  const namespace = scenario.namespace ?? 'default';
  const network = scenario.network ?? '';
  const metadata: Readonly<Record<string, unknown>> = {
    ISTIO_VERSION: patchReleases[version].join('.'),
    NAMESPACE: namespace,
    NAME: name,
    CLUSTER_ID: scenario.clusterId ?? defaultClusterId,
    MESH_ID: 'cluster.local',
    INTERCEPTION_MODE: 'REDIRECT',
    ...(scenario.labels && { LABELS: scenario.labels }),
    ...(network !== '' && { NETWORK: network }),
    ...(scenario.serviceAccount && { SERVICE_ACCOUNT: scenario.serviceAccount }),
    ...metadataOf(proxyConfig.proxyMetadata ?? {}),
    ...scenario.metadata,
  };
  const ips = readAddresses(scenario);
  return {
    type,
    name,
    namespace,
    ips,
    ipMode: ipModeOf(ips),
    labels: scenario.labels ?? {},
    locality: parseLocality(scenario.locality ?? ''),
    network,
    clusterId: String(metadata.CLUSTER_ID ?? ''),
    serviceAccount: scenario.serviceAccount ?? '',
    dnsDomain: `${namespace}.svc.cluster.local`,
    istioVersion: parseIstioVersion(String(metadata.ISTIO_VERSION ?? '')),
    interceptionMode: readInterceptionMode(metadata.INTERCEPTION_MODE),
    dnsCapture: readFlag(metadata.DNS_CAPTURE),
    dnsAutoAllocate: readFlag(metadata.DNS_AUTO_ALLOCATE),
    http10: metadata.HTTP10 === '1',
    metadata,
  };
}

const proxyTypes: readonly unknown[] = ['sidecar', 'router', 'waypoint'] satisfies readonly Proxy['type'][];

function readType(type: Proxy['type'] | undefined, report: Report): Proxy['type'] {
  if (type === undefined || proxyTypes.includes(type)) return type ?? 'sidecar';
  report({
    code: 'scenario-invalid',
    severity: 'error',
    path: 'proxy.type',
    message: `There is no proxy type ${JSON.stringify(type)}; a sidecar is used. Choose one of ${proxyTypes.join(', ')}.`,
  });
  return 'sidecar';
}

const metadataPrefix = 'ISTIO_META_';

/** The agent turns `ISTIO_META_X` in the proxy's environment into the node metadata X. */
function metadataOf(proxyMetadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(proxyMetadata)
      .filter(([key]) => key.startsWith(metadataPrefix))
      .map(([key, value]) => [key.slice(metadataPrefix.length), value]),
  );
}

function readAddresses(scenario: ProxyScenario): readonly [string, ...string[]] {
  const [first, ...rest] = scenario.ips ?? [];
  return first === undefined ? [scenario.ip ?? '10.10.0.1'] : [first, ...rest];
}

function ipModeOf(ips: readonly string[]): Proxy['ipMode'] {
  const ipv6 = ips.filter((ip) => ip.includes(':')).length;
  if (ipv6 === 0) return 'IPv4';
  return ipv6 === ips.length ? 'IPv6' : 'Dual';
}

function parseIstioVersion(text: string): readonly [number, number, number] {
  const [major, minor, patch] = text.split(/[.-]/).map(Number);
  // istiod takes a proxy whose version it cannot read for the newest one.
  if (major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor))
    return [65_535, 65_535, 65_535];
  return [major, minor, patch === undefined || Number.isNaN(patch) ? 65_535 : patch];
}

function readInterceptionMode(value: unknown): Proxy['interceptionMode'] {
  return value === 'TPROXY' || value === 'NONE' ? value : 'REDIRECT';
}

function readFlag(value: unknown): boolean {
  return value === true || (typeof value === 'string' && readBoolean(value) === true);
}
