import type { Report } from '../model/diagnostic.ts';
import type { IstioVersion, ProxyScenario, Scenario } from '../model/scenario.ts';
import { isObject, type JsonMap } from './dump-sections.ts';

/**
 * Which proxy a node message describes. Its id reads `sidecar~10.10.0.1~name.namespace~namespace.svc.cluster.local`;
 * the rest is Istio's node metadata.
 */
export function scenarioOfNode(node: unknown, report: Report): Scenario {
  const { id, metadata: raw, locality } = isObject(node) ? node : {};
  const metadata = isObject(raw) ? raw : {};
  const [type = '', ip = '', qualifiedName = ''] = String(id ?? '').split('~');
  if (!isProxyType(type)) {
    report({
      code: 'config-dump-incomplete',
      severity: 'warning',
      path: 'node.id',
      message: `The bootstrap's node "${String(id ?? '')}" is none of Istio's, so the proxy is not known: say with a scenario which one it is.`,
    });
    return {};
  }
  const dot = qualifiedName.lastIndexOf('.');
  const name = text(metadata.NAME) ?? qualifiedName.slice(0, Math.max(dot, 0));
  const proxy: ProxyScenario = {
    type,
    ...addresses(ip, text(metadata.INSTANCE_IPS)),
    ...(name !== '' && { name }),
    namespace: text(metadata.NAMESPACE) ?? qualifiedName.slice(dot + 1),
    ...(isObject(metadata.LABELS) && { labels: labels(metadata.LABELS) }),
    ...(isObject(locality) && localityOf(locality)),
    ...optional('network', metadata.NETWORK),
    ...optional('clusterId', metadata.CLUSTER_ID),
    ...optional('serviceAccount', metadata.SERVICE_ACCOUNT),
    metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !told.has(key))),
  };
  return { istioVersion: nearestVersion(text(metadata.ISTIO_VERSION), report), proxy };
}

/** Metadata that a scenario has fields of its own for. */
const told: ReadonlySet<string> = new Set([
  'CLUSTER_ID',
  'INSTANCE_IPS',
  'LABELS',
  'NAME',
  'NAMESPACE',
  'NETWORK',
  'SERVICE_ACCOUNT',
]);

function isProxyType(type: string): type is NonNullable<ProxyScenario['type']> {
  return type === 'sidecar' || type === 'router' || type === 'waypoint';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function optional<K extends string>(key: K, value: unknown): { readonly [key in K]?: string } {
  const content = text(value);
  return (content === undefined ? {} : { [key]: content }) as { readonly [key in K]?: string };
}

function addresses(first: string, all: string | undefined): Pick<ProxyScenario, 'ip' | 'ips'> {
  const others = (all ?? '').split(',').filter((ip) => ip !== '' && ip !== first);
  return others.length === 0 ? { ip: first } : { ips: [first, ...others] };
}

function labels(map: JsonMap): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));
}

function localityOf({ region, zone, subZone }: JsonMap): Pick<ProxyScenario, 'locality'> {
  const parts = [region, zone, subZone].map((part) => text(part) ?? '');
  const locality = parts.join('/').replace(/\/+$/, '');
  return locality === '' ? {} : { locality };
}

const simulated: readonly IstioVersion[] = ['1.29', '1.30', '1.31'];

/** The proxy's own version stands for that of istiod, which a dump does not tell. */
function nearestVersion(version: string | undefined, report: Report): IstioVersion {
  const [major, minor] = (version ?? '').split('.').map(Number);
  const exact = simulated.find((known) => known === `${major}.${minor}`);
  if (exact) return exact;
  const old = major !== undefined && minor !== undefined && (major < 1 || (major === 1 && minor < 29));
  const nearest: IstioVersion = version === undefined ? '1.30' : old ? '1.29' : '1.31';
  report({
    code: 'config-dump-incomplete',
    severity: 'warning',
    path: 'node.metadata.ISTIO_VERSION',
    message: `Istio ${version ?? '(no version)'} is not simulated; ${nearest} is the nearest.`,
  });
  return nearest;
}
