import { findProviderHost } from '../../registry/find-provider-host.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { outboundName } from '../../xds/resource-name.ts';

/** The cluster through which a proxy reaches an extension provider, and the host name it asks for. */
export interface ProviderCluster {
  readonly hostname: string;
  readonly cluster: string;
}

export function findProviderCluster(
  mesh: Mesh,
  provider: { readonly service?: string; readonly port?: number },
): ProviderCluster | undefined {
  const hostname = findProviderHost(mesh, provider.service ?? '');
  return hostname === undefined ? undefined : { hostname, cluster: outboundName(hostname, provider.port ?? 0) };
}
