import type { Metadata } from '../../xds/types.ts';

/**
 * The resource that istiod names as the source of a piece of configuration, as `name.namespace`.
 * istiod writes it to the metadata as `/apis/<group>/<version>/namespaces/<namespace>/<kind>/<name>`.
 */
export function configSource(metadata: Metadata | undefined): string | undefined {
  const istio = metadata?.filterMetadata?.istio as { readonly config?: unknown } | undefined;
  if (typeof istio?.config !== 'string') return undefined;
  const [name, , namespace] = istio.config.split('/').reverse();
  return name && namespace ? `${name}.${namespace}` : undefined;
}
