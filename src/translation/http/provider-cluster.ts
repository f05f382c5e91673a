import type { Mesh } from '../../registry/mesh.ts';
import { outboundName } from '../../xds/resource-name.ts';

/** The cluster through which a proxy reaches an extension provider, and the host name it asks for. */
export interface ProviderCluster {
  readonly hostname: string;
  readonly cluster: string;
}

/**
 * Finds a provider's service, written `hostname` or `namespace/hostname`. A host name alone counts only where a single
 * namespace defines it. Source: istio `pilot/pkg/model/telemetry_logging.go`, LookupCluster.
 */
export function findProviderCluster(
  mesh: Mesh,
  provider: { readonly service?: string; readonly port?: number },
): ProviderCluster | undefined {
  const [first = '', second, ...rest] = (provider.service ?? '').split('/');
  const qualified = second !== undefined && rest.length === 0;
  const hostname = qualified ? second : (provider.service ?? '');
  const namespaces = new Set((mesh.servicesByHostname.get(hostname) ?? []).map((service) => service.namespace));
  const found = qualified ? namespaces.has(first) : namespaces.size === 1;
  return found ? { hostname, cluster: outboundName(hostname, provider.port ?? 0) } : undefined;
}
