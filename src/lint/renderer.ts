import { Lineage } from '../live/lineage.ts';
import type { ReadManifests } from '../manifests/read-manifests.ts';
import type { Diagnostic, Report } from '../model/diagnostic.ts';
import { forgetful } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Mesh, MeshSettings } from '../registry/mesh.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { admit, renderFor } from '../translate.ts';
import type { Snapshot } from '../xds/snapshot.ts';

/** The mesh, and what its proxies are sent. */
export interface Renderer {
  readonly mesh: Mesh;
  render(proxy: Proxy): RenderedProxy;
}

export interface RenderedProxy {
  readonly view: ProxyView;
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
}

/** For proxies that share what is the same for all of them. */
export function renderMany(read: ReadManifests, settings: MeshSettings, report: Report): Renderer {
  const lineage = new Lineage(settings);
  const { mesh, diagnostics } = lineage.register({ ...read, diagnostics: [] });
  for (const diagnostic of diagnostics) report(diagnostic);
  return { mesh, render: (proxy) => lineage.render(mesh, proxy) };
}

/** For one proxy: there is nobody to remember anything for. */
export function renderOne(read: ReadManifests, settings: MeshSettings, report: Report): Renderer {
  const { mesh } = admit(read, settings, forgetful(report));
  return {
    mesh,
    render(proxy) {
      const diagnostics: Diagnostic[] = [];
      const noted = { ...mesh, report: (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic) };
      return { ...renderFor(noted, proxy), diagnostics };
    },
  };
}
