import type { Port, Service } from '../../model/service.ts';

export interface StatNameInput {
  /** `outboundClusterStatName` or `inboundClusterStatName` of the mesh. */
  readonly pattern: string | undefined;
  readonly clusterName: string;
  readonly service: Pick<Service, 'hostname' | 'name' | 'namespace' | 'registry'>;
  readonly port: Port;
  readonly subset?: string | undefined;
  readonly targetPort?: number;
}

/** The name in statistics. The semicolon keeps Envoy from taking the host name's dots apart. */
export function buildStatName({ pattern, clusterName, ...input }: StatNameInput): string {
  return `${pattern ? expandPattern(pattern, input) : clusterName};`;
}

/** Source: istio `pilot/pkg/networking/telemetry/telemetry.go`, BuildStatPrefix. */
function expandPattern(
  pattern: string,
  { service, port, subset = '', targetPort = 0 }: Omit<StatNameInput, 'pattern' | 'clusterName'>,
): string {
  const { hostname, name, namespace, registry } = service;
  const isKubernetes = registry === 'Kubernetes';
  return pattern
    .replaceAll('%SERVICE%', () => (isKubernetes ? `${name}.${namespace}` : hostname))
    .replaceAll('%SERVICE_NAME%', () => (isKubernetes ? name : hostname))
    .replaceAll('%SERVICE_FQDN%', () => hostname)
    .replaceAll('%SUBSET_NAME%', () => subset)
    .replaceAll('%TARGET_PORT%', String(targetPort))
    .replaceAll('%SERVICE_PORT%', String(port.number))
    .replaceAll('%SERVICE_PORT_NAME%', () => port.name);
}
