import type { Metadata as ResourceMetadata } from '../../model/resource.ts';
import type { Metadata } from '../../xds/types.ts';

/** Names the resource that a filter chain was made from, as the path under which Kubernetes serves it. */
export function configurationMetadata(
  kind: 'virtual-service' | 'sidecar',
  resource: Pick<ResourceMetadata, 'name' | 'namespace'>,
): Metadata {
  const { namespace, name } = resource;
  const config = `/apis/networking.istio.io/v1/namespaces/${namespace}/${kind}/${name}`;
  return { filterMetadata: { istio: { config } } };
}
