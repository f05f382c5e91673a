import type { ReadManifests } from '../manifests/read-manifests.ts';
import { forgetful } from '../model/memory.ts';
import type { IstioVersion, Scenario } from '../model/scenario.ts';
import type { Service } from '../model/service.ts';
import { type Profile, selectProfile } from '../profiles/profile.ts';
import type { Behaviour } from '../profiles/watch-profile.ts';
import { type Destinations, renderDestinations } from '../proxies/render-destinations.ts';
import type { Mesh } from '../registry/mesh.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { readScenario } from '../registry/read-scenario.ts';
import { scopeProxy } from '../registry/scope-proxy.ts';
import { admit } from '../translate.ts';
import type { Look } from './look.ts';
import { findReach } from './version-reach.ts';

/** Versions differ in what they do to resources, hardly in what they do for one proxy or another: a few say enough. */
const maximumCompared = 4;

const versions: readonly IstioVersion[] = ['1.29', '1.30', '1.31'];

/** What a proxy sees and where it can go with another version of Istio. */
export interface OtherLook {
  readonly version: IstioVersion;
  readonly view: ProxyView;
  readonly theirs: Destinations;
  /** What they are to be compared with. */
  readonly ours: Destinations;
}

/** What the same manifests become in the versions of Istio that the scenario does not name. */
export class OtherVersions {
  readonly #read: ReadManifests;
  readonly #scenario: Scenario;
  readonly #asked: ReadonlySet<Behaviour>;
  readonly #meshes = new Map<IstioVersion, Mesh>();

  /** `asked` are the behaviours that this version was asked for. */
  constructor(read: ReadManifests, scenario: Scenario, asked: ReadonlySet<Behaviour>) {
    this.#read = read;
    this.#scenario = scenario;
    this.#asked = asked;
  }

  /** Only what may differ is made, one version after the other: a whole mesh in several is much to hold at a time. */
  *comparedWith(looks: readonly Look[]): Iterable<{ readonly look: Look; readonly other: OtherLook }> {
    for (const look of looks.slice(0, maximumCompared)) {
      if (look.mesh.services.length === 0) continue;
      for (const version of versions) {
        const profile = selectProfile(version);
        const reach = version === look.mesh.profile.version ? 'nothing' : findReach(look.mesh, profile, this.#asked);
        if (reach === 'nothing') continue;
        const isPartial = reach !== 'everything' && look.isSidecar;
        const other = isPartial ? lookAtServices(look, profile, reach) : this.#lookAtAll(look, version);
        if (other) yield { look, other };
      }
    }
  }

  #lookAtAll(look: Look, version: IstioVersion): OtherLook {
    const { proxy } = readScenario({ ...look.scenario, istioVersion: version }, ignore);
    const view = scopeProxy(this.#meshOf(version), proxy);
    return { version, view, theirs: renderDestinations(view), ours: look.snapshot };
  }

  #meshOf(istioVersion: IstioVersion): Mesh {
    const known = this.#meshes.get(istioVersion);
    if (known) return known;
    const { settings } = readScenario({ ...this.#scenario, istioVersion }, ignore);
    const mesh = { ...admit(this.#read, settings, forgetful(ignore)).mesh, report: ignore };
    this.#meshes.set(istioVersion, mesh);
    return mesh;
  }
}

/** The mesh is the same for both versions, and all services but some are. */
function lookAtServices(look: Look, profile: Profile, concerns: (service: Service) => boolean): OtherLook | undefined {
  const knownHosts = look.view.knownHosts.filter(({ service }) => concerns(service));
  if (knownHosts.length === 0) return undefined;
  const view: ProxyView = {
    ...look.view,
    mesh: { ...look.mesh, profile, report: ignore },
    memory: forgetful(ignore),
    knownHosts,
    // Names have no part in it.
    egressListeners: [],
  };
  const clusters = knownHosts.flatMap(({ service }) => look.clustersOf(service.hostname));
  const names = new Set(clusters.map(({ name }) => name));
  const endpoints = look.snapshot.endpoints.filter(({ clusterName }) => names.has(clusterName));
  const ours = { clusters, endpoints, nameTable: { table: {} } };
  return { version: profile.version, view, theirs: renderDestinations(view), ours };
}

const ignore = (): void => undefined;
