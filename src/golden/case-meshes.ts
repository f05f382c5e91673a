import { createMesh, type LiveMesh } from '../live/create-mesh.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { GoldenCase } from './golden-case.ts';

/** The meshes of cases that are looked at again and again: only what changed in between is translated anew. */
export class CaseMeshes {
  readonly #known = new Map<string, { readonly mesh: LiveMesh; readonly manifests: readonly Manifest[] }>();

  meshOf({ folder, manifests }: GoldenCase): LiveMesh {
    const before = this.#known.get(folder);
    const mesh = before ? change(before.mesh, before.manifests, manifests) : createMesh(manifests);
    this.#known.set(folder, { mesh, manifests });
    return mesh;
  }
}

/** Files keep their places only where none comes between others. */
function change(mesh: LiveMesh, before: readonly Manifest[], after: readonly Manifest[]): LiveMesh {
  const files = new Set(after.map(({ file }) => file));
  const staying = before.filter(({ file }) => files.has(file));
  if (staying.some(({ file }, index) => after[index]?.file !== file)) return createMesh(after);
  const remove = before.map(({ file }) => file).filter((file) => !files.has(file));
  return mesh.apply({ put: after, remove });
}
