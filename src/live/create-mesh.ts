import { locateDiagnostics } from '../manifests/locate-diagnostics.ts';
import { listManifests, type Manifest } from '../manifests/read-manifests.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import { readScenario } from '../registry/read-scenario.ts';
import { describe, type Translation } from '../translate.ts';
import { Lineage } from './lineage.ts';
import { type Changes, ManifestFiles } from './manifest-files.ts';
import { RecentMap } from './recent-map.ts';

/** Manifests that change, seen by any number of proxies. A version never changes: `apply` makes another one. */
export interface LiveMesh {
  /** The mesh with the changes. It shares what they do not touch. */
  apply(changes: Changes): LiveMesh;
  /**
   * What `translate` says, deeply equal to it. From one version to the next, and from one proxy to another of its kind,
   * a resource that says the same is the same object.
   *
   * A further proxy costs what depends on the traits in which it differs from the one before it. What is remembered does
   * not grow with the number of proxies: of the last four settings of the mesh (versions of Istio among them), for each
   * the last eight kinds of proxies, what one of each kind was made of, and what the last 64 proxies were sent.
   */
  view(scenario?: Scenario): Translation;
}

/** A mesh that is asked again and again: after changes, for many proxies. For a single answer use `translate`. */
export function createMesh(manifests: string | readonly Manifest[]): LiveMesh {
  return new Version(ManifestFiles.read(listManifests(manifests)), new RecentMap(rememberedSettings));
}

/** Settings of the mesh, versions of Istio among them, that are remembered. */
const rememberedSettings = 4;

class Version implements LiveMesh {
  readonly #files: ManifestFiles;
  readonly #lineages: RecentMap<Lineage>;

  constructor(files: ManifestFiles, lineages: RecentMap<Lineage>) {
    this.#files = files;
    this.#lineages = lineages;
  }

  apply(changes: Changes): LiveMesh {
    return new Version(this.#files.apply(changes), this.#lineages);
  }

  view(scenario: Scenario = {}): Translation {
    const said: Diagnostic[] = [];
    const { proxy, settings } = readScenario(scenario, (diagnostic) => said.push(diagnostic));
    const { istioVersion, meshConfig, features } = scenario;
    const key = JSON.stringify({ istioVersion, meshConfig, features, clusterId: settings.clusterId });
    const lineage = this.#lineages.get(key) ?? new Lineage(settings);
    // What is left behind where something throws is not to be relied on.
    this.#lineages.delete(key);

    const { reading } = this.#files;
    const registered = lineage.register(reading);
    const { snapshot, diagnostics } = lineage.render(registered.mesh, proxy);
    const all = [...said, ...reading.diagnostics, ...registered.diagnostics, ...diagnostics];
    const translation = describe(snapshot, {
      ...registered,
      proxy,
      diagnostics: locateDiagnostics(all, reading.resources, registered.mesh.memory),
    });
    this.#lineages.set(key, lineage);
    return translation;
  }
}
