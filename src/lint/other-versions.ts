import type { ReadManifests } from '../manifests/read-manifests.ts';
import { forgetful } from '../model/memory.ts';
import type { IstioVersion, Scenario } from '../model/scenario.ts';
import type { Mesh } from '../registry/mesh.ts';
import { readScenario } from '../registry/read-scenario.ts';
import { admit, renderFor } from '../translate.ts';
import { maximumObservers, type Observer } from './choose-observers.ts';
import { Look } from './look.ts';

/** Versions differ in what they do to resources, hardly in what they do for one proxy or another: a few say enough. */
const maximumCompared = 4;

const versions: readonly IstioVersion[] = ['1.29', '1.30', '1.31'];

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

  lookFrom({ audience, scenario }: Observer, index: number): readonly Look[] {
    if (index >= Math.min(maximumCompared, maximumObservers)) return [];
    this.#meshes ??= this.#others.map((istioVersion) => {
      const { settings } = readScenario({ ...this.#scenario, istioVersion }, () => undefined);
      return admit(
        this.#read,
        settings,
        forgetful(() => undefined),
      ).mesh;
    });
    return this.#meshes.map((mesh) => {
      const asked = { ...scenario, istioVersion: mesh.profile.version };
      const { proxy } = readScenario(asked, () => undefined);
      return new Look(audience, renderFor({ ...mesh, report: () => undefined }, proxy));
    });
  }
}
