import type { ExtensionProvider, MeshConfig } from '../../../model/istio/mesh-config.ts';

/** Finds an extension provider of the mesh configuration; its name is compared without regard to case. */
export function findProvider(mesh: MeshConfig, name: string): ExtensionProvider | undefined {
  const wanted = name.toLowerCase();
  return mesh.extensionProviders?.find((provider) => (provider.name ?? '').toLowerCase() === wanted);
}
