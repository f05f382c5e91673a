import type { ReadManifests } from '../manifests/read-manifests.ts';
import { forgetful } from '../model/memory.ts';
import type { IstioVersion, Scenario } from '../model/scenario.ts';
import { type Destinations, renderDestinations } from '../proxies/render-destinations.ts';
import type { Mesh } from '../registry/mesh.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { readScenario } from '../registry/read-scenario.ts';
import { scopeProxy } from '../registry/scope-proxy.ts';
import { admit } from '../translate.ts';
import { maximumObservers, type Observer } from './choose-observers.ts';

/** Versions differ in what they do to resources, hardly in what they do for one proxy or another: a few say enough. */
const maximumCompared = 4;

const versions: readonly IstioVersion[] = ['1.29', '1.30', '1.31'];

/** What a proxy sees and where it can go with another version of Istio. */
export interface OtherLook {
  readonly version: IstioVersion;
  readonly view: ProxyView;
  readonly destinations: Destinations;
}

/** What the same manifests become in the versions of Istio that the scenario does not name. */
export class OtherVersions {
  readonly #read: ReadManifests;
  readonly #scenario: Scenario;
  readonly #others: readonly IstioVersion[];
  #meshes: readonly Mesh[] | undefined;

  constructor(read: ReadManifests, scenario: Scenario, version: IstioVersion) {
    this.#read = read;
    this.#scenario = scenario;
    this.#others = versions.filter((one) => one !== version);
  }

  /** One after the other: a whole mesh in several versions is much to hold at a time. */
  *lookFrom({ scenario }: Observer, index: number): Iterable<OtherLook> {
    if (index >= Math.min(maximumCompared, maximumObservers)) return;
    this.#meshes ??= this.#others.map((istioVersion) => {
      const { settings } = readScenario({ ...this.#scenario, istioVersion }, ignore);
      return { ...admit(this.#read, settings, forgetful(ignore)).mesh, report: ignore };
    });
    for (const mesh of this.#meshes) {
      const { version } = mesh.profile;
      const { proxy } = readScenario({ ...scenario, istioVersion: version }, ignore);
      const view = scopeProxy(mesh, proxy);
      yield { version, view, destinations: renderDestinations(view) };
    }
  }
}

const ignore = (): void => undefined;
