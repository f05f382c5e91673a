import { keepLatest } from './manifests/keep-latest.ts';
import { locateDiagnostics } from './manifests/locate-diagnostics.ts';
import { type Manifest, type ReadManifests, readManifests } from './manifests/read-manifests.ts';
import type { Diagnostic, Report, ResourceReference } from './model/diagnostic.ts';
import { forgetful, type Memory } from './model/memory.ts';
import type { Proxy } from './model/proxy.ts';
import type { Scenario } from './model/scenario.ts';
import { checkPatches } from './patches/check-patch.ts';
import { renderProxy } from './proxies/render-proxy.ts';
import type { Mesh, MeshSettings } from './registry/mesh.ts';
import type { ProxyView } from './registry/proxy-view.ts';
import { readScenario } from './registry/read-scenario.ts';
import { registerMesh } from './registry/register-mesh.ts';
import { scopeProxy } from './registry/scope-proxy.ts';
import { validateResources } from './validation/validate-resources.ts';
import type { Snapshot } from './xds/snapshot.ts';

/** What istiod sends one proxy, and what it says about the input. */
export interface Translation extends Snapshot {
  /** namespace/name of the ServiceEntry → host → addresses, IPv4 before IPv6. */
  readonly allocatedAddresses: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Resources left out because the Kubernetes API server or istiod's admission webhook refuses them. */
  readonly rejected: readonly (ResourceReference & { readonly message: string })[];
  /** Resources that the admission webhook accepts with a warning. */
  readonly warnings: readonly (ResourceReference & { readonly message: string })[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Simulates what istiod sends to one proxy.
 *
 * ```
 * manifests ─ read ─▶ resources ─ validate ─▶ accepted ─ register ─▶ mesh ─ scope ─▶ proxy view ─ render ─▶ snapshot
 *  (text)             (typed)        │                  (services,        (what this          (clusters, listeners,
 *                                    ▼                   policies,         proxy sees)         routes, endpoints,
 *                            rejected, warnings          indexes)                              name table; patched by
 *                                                                                              EnvoyFilters)
 * ```
 *
 * Never throws for a mistake in the input: what istiod would leave out is left out, and `diagnostics` says why.
 */
export function translate(manifests: string | readonly Manifest[], scenario: Scenario = {}): Translation {
  return translateOpenly(manifests, scenario).translation;
}

/** A translation, and what it was made from. */
export interface OpenTranslation {
  readonly translation: Translation;
  readonly intake: Intake;
  readonly view: ProxyView;
}

export function translateOpenly(manifests: string | readonly Manifest[], scenario: Scenario): OpenTranslation {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);

  const intake = takeIn(manifests, scenario, report);
  const { view, snapshot } = renderFor(intake.mesh, intake.proxy);

  const located = locateDiagnostics(diagnostics, intake.read.resources);
  return { translation: describe(snapshot, { ...intake, diagnostics: located }), intake, view };
}

/** The input as istiod takes it in, before it answers a proxy. */
export interface Intake extends Admitted {
  /** All that could be read, the refused ones too, in the order of the input. */
  readonly read: ReadManifests;
  /** The scenario's. */
  readonly proxy: Proxy;
}

/** The first half of the pipeline: from text to the mesh that all proxies share. */
export function takeIn(manifests: string | readonly Manifest[], scenario: Scenario, report: Report): Intake {
  const { proxy, settings } = readScenario(scenario, report);
  const read = readManifests(manifests, report);
  return { ...admit(read, settings, forgetful(report)), read, proxy };
}

/** The mesh of what is accepted, and what is not. */
export interface Admitted extends Pick<Translation, 'rejected' | 'warnings'> {
  readonly mesh: Mesh;
}

export function admit({ resources, refused }: ReadManifests, settings: MeshSettings, memory: Memory): Admitted {
  const { report } = memory;
  const options = {
    profile: settings.profile,
    statefulAllocation: settings.features.statefulAllocation,
    checkPatch: checkPatches(),
  };
  const { accepted, rejected, warnings } = validateResources(resources, report, options, memory);
  const mesh = registerMesh(keepLatest(accepted, report, memory), settings, report, memory);
  return { mesh, rejected: [...refused, ...rejected], warnings };
}

/** The second half, for one proxy: what it sees and what it is sent. */
export function renderFor(
  mesh: Mesh,
  proxy: Proxy,
  memory?: Memory,
): { readonly view: ProxyView; readonly snapshot: Snapshot } {
  const view = scopeProxy(mesh, proxy, memory);
  return { view, snapshot: renderProxy(view) };
}

/** Puts together what is said of one proxy. */
export function describe(
  snapshot: Snapshot,
  { mesh, proxy, rejected, warnings, diagnostics }: Omit<Intake, 'read'> & Pick<Translation, 'diagnostics'>,
): Translation {
  return {
    ...snapshot,
    proxy: { type: proxy.type, namespace: proxy.namespace, dnsCapture: proxy.dnsCapture },
    get allocatedAddresses() {
      return mesh.allocatedAddresses();
    },
    rejected,
    warnings,
    diagnostics,
  };
}
