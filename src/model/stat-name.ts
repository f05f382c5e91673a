import type { Service } from './service.ts';

export interface StatNameSubject {
  readonly service: Pick<Service, 'hostname' | 'name' | 'namespace' | 'registry'>;
  readonly port: { readonly number: number; readonly name: string };
  readonly subset?: string | undefined;
  readonly targetPort?: number;
}

/**
 * Fills in `outboundClusterStatName` or `inboundClusterStatName` of the mesh configuration.
 * Source: istio `pilot/pkg/networking/telemetry/telemetry.go`, BuildStatPrefix.
 */
export function expandStatName(
  pattern: string,
  { service, port, subset = '', targetPort = 0 }: StatNameSubject,
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
