import type { Diagnostic } from '../model/diagnostic.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Resource } from '../model/resource.ts';
import type { Mesh, MeshSettings } from '../registry/mesh.ts';
import { placeProxy } from '../registry/topology-labels.ts';
import { type Admitted, admit, renderFor } from '../translate.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { Reading } from './manifest-files.ts';
import { Recollection } from './recollection.ts';
import { reconcile, shareSections } from './reconcile.ts';

/** A mesh of one version, and what was said while it was made. */
export interface Registered extends Admitted {
  readonly diagnostics: readonly Diagnostic[];
}

export interface Rendered {
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is remembered of proxies that see the same. */
interface Audience {
  memory: Recollection;
  /** What the one asked last was sent. */
  latest?: Snapshot;
  /** What each was sent, by what sets it apart from the others. */
  readonly sent: Map<string, Snapshot>;
}

/**
 * What is remembered of the versions of a mesh with the same settings. Changes of ServiceEntries, DestinationRules and
 * VirtualServices are followed; any other change can matter to everything, so that all is made anew.
 */
export class Lineage {
  readonly #settings: MeshSettings;
  #memory = new Recollection();
  #others: readonly Resource[] = [];
  readonly #audiences = new Map<string, Audience>();
  #latest: { readonly reading: Reading; readonly registered: Registered } | undefined;

  constructor(settings: MeshSettings) {
    this.#settings = settings;
  }

  register(reading: Reading): Registered {
    if (this.#latest?.reading === reading) return this.#latest.registered;
    this.#forgetUnless(isFollowed, reading.resources);
    const admitted = admit(reading, this.#settings, this.#memory);
    const registered = { ...admitted, diagnostics: this.#memory.takeReports() };
    this.#latest = { reading, registered };
    return registered;
  }

  render(mesh: Mesh, proxy: Proxy): Rendered {
    const audience = this.#audienceOf(placeProxy(proxy, mesh.workloadLabelsOf(proxy)));
    // A patch changes what resources share by reference: what is new and what is remembered would not share it.
    if (mesh.resources.EnvoyFilter.length > 0) audience.memory = new Recollection();
    const { memory } = audience;
    const { snapshot } = renderFor({ ...mesh, report: memory.report }, proxy, memory);
    const { name, ips, metadata } = proxy;
    const own = JSON.stringify([name, ips, metadata]);
    const reconciled = reconcile(audience.sent.get(own) ?? audience.latest, snapshot);
    audience.latest = audience.latest ? shareSections(audience.latest, reconciled) : reconciled;
    audience.sent.set(own, audience.latest);
    return { snapshot: audience.latest, diagnostics: memory.takeReports() };
  }

  #forgetUnless(isKept: (resource: Resource) => boolean, resources: readonly Resource[]): void {
    const others = resources.filter((resource) => !isKept(resource));
    const same = others.length === this.#others.length && others.every((one, index) => one === this.#others[index]);
    this.#others = others;
    if (same && !this.#settings.features.ambient) return;
    this.#memory = new Recollection();
    for (const audience of this.#audiences.values()) audience.memory = new Recollection();
  }

  #audienceOf(proxy: Proxy): Audience {
    const { name, ips, ...traits } = proxy;
    const key = JSON.stringify({ ...traits, metadata: { ...traits.metadata, NAME: '' } });
    const known = this.#audiences.get(key);
    if (known) return known;
    const created: Audience = { memory: new Recollection(), sent: new Map() };
    this.#audiences.set(key, created);
    return created;
  }
}

function isFollowed({ kind }: Resource): boolean {
  return kind === 'ServiceEntry' || kind === 'DestinationRule' || kind === 'VirtualService';
}
