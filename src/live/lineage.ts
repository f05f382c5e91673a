import type { Diagnostic } from '../model/diagnostic.ts';
import type { Proxy } from '../model/proxy.ts';
import { type Resource, resourceKey } from '../model/resource.ts';
import type { Mesh, MeshSettings } from '../registry/mesh.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { selectSidecar } from '../registry/sidecar-scope/select-sidecar.ts';
import { placeProxy } from '../registry/topology-labels.ts';
import { type Admitted, admit, renderFor } from '../translate.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { Reading } from './manifest-files.ts';
import { differingTraits, kindOf } from './personal-traits.ts';
import { RecentMap } from './recent-map.ts';
import { Recollection } from './recollection.ts';
import { type Counterparts, type Reconciled, reconcile, shareSections } from './reconcile.ts';
import { Succession } from './succession.ts';

/** A mesh of one version, and what was said while it was made. */
export interface Registered extends Admitted {
  readonly diagnostics: readonly Diagnostic[];
}

export interface Rendered {
  readonly view: ProxyView;
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is remembered of proxies of one kind. */
interface Audience {
  memory: Recollection;
  /** The one that asked last. */
  proxy: Proxy;
  /** What it was sent. */
  latest?: Reconciled;
}

/** Kinds of proxies that are remembered, and proxies. */
const rememberedKinds = 8;
const rememberedProxies = 64;

/**
 * What is remembered of the versions of a mesh with the same settings. Changes of ServiceEntries, DestinationRules and
 * VirtualServices are followed; any other change can matter to everything, so that all is made anew.
 */
export class Lineage {
  readonly #settings: MeshSettings;
  readonly #succession = new Succession();
  #memory = new Recollection(this.#succession);
  #resources: readonly Resource[] = [];
  readonly #audiences = new RecentMap<Audience>(rememberedKinds);
  readonly #counterparts: Counterparts = new WeakMap();
  /** What each proxy was sent last. */
  readonly #sent = new RecentMap<Reconciled>(rememberedProxies);
  #latest: { readonly reading: Reading; readonly registered: Registered } | undefined;

  constructor(settings: MeshSettings) {
    this.#settings = settings;
  }

  register(reading: Reading): Registered {
    if (this.#latest?.reading === reading) return this.#latest.registered;
    this.#forgetUnlessFollowed(reading.resources);
    const admitted = admit(reading, this.#settings, this.#memory);
    const registered = { ...admitted, diagnostics: this.#memory.takeReports() };
    this.#latest = { reading, registered };
    return registered;
  }

  render(mesh: Mesh, given: Proxy): Rendered {
    const proxy = placeProxy(given, mesh.workloadLabelsOf(given));
    const audience = this.#audienceOf(proxy, mesh);
    // A patch changes what resources share by reference: what is new and what is remembered would not share it.
    if (mesh.resources.EnvoyFilter.length > 0) audience.memory = new Recollection(this.#succession);
    const { memory } = audience;
    memory.forgetTraits(differingTraits(audience.proxy, proxy));
    audience.proxy = proxy;
    const { view, snapshot: rendered } = renderFor({ ...mesh, report: memory.report }, given, memory);
    const key = JSON.stringify(proxy);
    const { latest } = audience;
    const before = this.#sent.get(key) ?? latest;
    const reconciled = reconcile(before, rendered, {
      counterparts: this.#counterparts,
      succession: this.#succession,
    });
    const sent = latest && latest !== before ? shareSections(latest.sent, reconciled) : reconciled;
    audience.latest = { rendered, sent };
    this.#sent.set(key, audience.latest);
    if (memory.isOvergrown()) audience.memory = new Recollection(this.#succession);
    return { view, snapshot: sent, diagnostics: memory.takeReports() };
  }

  #forgetUnlessFollowed(resources: readonly Resource[]): void {
    const before = this.#resources;
    this.#resources = resources;
    const edits = this.#succession.edits(before, resources);
    const areFollowed = edits.every(
      ({ from, to, start, end }) =>
        before.slice(from, to).every(isFollowed) && resources.slice(start, end).every(isFollowed),
    );
    if (areFollowed && !this.#settings.features.ambient) return;
    this.#memory = new Recollection(this.#succession);
    for (const audience of this.#audiences.values()) audience.memory = new Recollection(this.#succession);
  }

  /** Those of one kind that have one Sidecar. */
  #audienceOf(proxy: Proxy, { resources, rootNamespace }: Mesh): Audience {
    const sidecar = selectSidecar(proxy, resources.Sidecar, rootNamespace);
    const key = `${sidecar ? resourceKey(sidecar.metadata) : ''} ${kindOf(proxy)}`;
    const known = this.#audiences.get(key);
    if (known) return known;
    const created: Audience = { memory: new Recollection(this.#succession), proxy };
    this.#audiences.set(key, created);
    return created;
  }
}

function isFollowed({ kind }: Resource): boolean {
  return kind === 'ServiceEntry' || kind === 'DestinationRule' || kind === 'VirtualService';
}
