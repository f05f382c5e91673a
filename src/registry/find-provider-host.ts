import type { Mesh } from './mesh.ts';

/**
 * The host of the service that an extension provider names, as `hostname` or `namespace/hostname`. A host name alone
 * counts only where a single namespace defines it. Source: istio `pilot/pkg/model/telemetry_logging.go`, LookupCluster.
 */
export function findProviderHost({ servicesByHostname }: Mesh, service: string): string | undefined {
  const [first = '', second, ...rest] = service.split('/');
  const qualified = second !== undefined && rest.length === 0;
  const hostname = qualified ? second : service;
  const namespaces = new Set((servicesByHostname.get(hostname) ?? []).map(({ namespace }) => namespace));
  const found = qualified ? namespaces.has(first) : namespaces.size === 1;
  return found ? hostname : undefined;
}
