import { locateDiagnostics } from '../manifests/locate-diagnostics.ts';
import { type Manifest, readManifests } from '../manifests/read-manifests.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { HostOverlaps } from '../model/host-overlaps.ts';
import { type Kind, type Resource, type ResourceOf, resourceKey } from '../model/resource.ts';
import type { Scenario } from '../model/scenario.ts';
import { type Behaviour, watchProfile } from '../profiles/watch-profile.ts';
import type { Mesh } from '../registry/mesh.ts';
import { readScenario } from '../registry/read-scenario.ts';
import { AppliedPolicies } from './applied-policy.ts';
import { chooseObservers, isForOne, maximumObservers, type Observer } from './choose-observers.ts';
import { describeCode } from './describe-code.ts';
import { FindingCollector } from './finding-collector.ts';
import { lookFrom } from './look-from.ts';
import { OtherVersions } from './other-versions.ts';
import { renderMany, renderOne } from './renderer.ts';
import type { MeshContext } from './rule.ts';
import { rules } from './rules.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { suppress } from './suppress.ts';

export interface LintOptions {
  /** Codes that nobody wants to hear of, in addition to those of the annotation `xdsim.dev/ignore`. */
  readonly ignore?: readonly string[];
}

/**
 * Finds the mistakes in Istio resources by what they do to the configuration of the proxies.
 *
 * With a scenario that names the proxy's namespace, what is said holds for that proxy. Without, lint looks from a proxy in
 * every namespace that appears, with and without DNS capture, and a finding says for whom it holds where that is not
 * everybody. A resource's annotation `xdsim.dev/ignore: code,code` silences codes for that resource.
 *
 * Never throws for a mistake in the input. Diagnostics come in the order of the input.
 *
 * @example
 * for (const { severity, code, message, range } of lint(manifests))
 *   console.log(`${range?.file}:${range?.line} ${severity} ${code} ${message}`);
 */
export function lint(
  manifests: string | readonly Manifest[],
  scenario: Scenario = {},
  options: LintOptions = {},
): readonly Diagnostic[] {
  const collector = new FindingCollector();
  const report = (diagnostic: Diagnostic): void => collector.add(diagnostic);
  const { proxy, settings } = readScenario(scenario, report);
  const read = readManifests(manifests, report);
  const { resources } = read;
  const asked = new Set<Behaviour>();
  const watched = { ...settings, profile: watchProfile(settings.profile, (behaviour) => asked.add(behaviour)) };
  const renderer = (isForOne(scenario) ? renderOne : renderMany)(read, watched, report);
  const { mesh } = renderer;
  const observers = chooseObservers(mesh, scenario, proxy);
  if (observers.length > maximumObservers) collector.add(reportUnheard(observers));
  const applied = new AppliedPolicies(mesh);
  const looks = observers
    .slice(0, maximumObservers)
    .map((observer) => lookFrom(renderer, observer, { collector, applied }));

  // What the rules themselves ask for is no difference.
  const otherVersions = new OtherVersions(read, scenario, new Set(asked));
  const written = listOnce(mesh, resources);
  const hosts = new HostOverlaps([...mesh.servicesByHostname.keys()]);
  const context: MeshContext = { mesh, scenario, looks, otherVersions, hosts, resources, written };
  for (const rule of rules) {
    for (const finding of rule.inMesh?.(context) ?? []) collector.addFinding(rule, finding);
    if (!rule.fromProxy) continue;
    for (const look of looks)
      for (const finding of rule.fromProxy(look)) collector.addFinding(rule, finding, look.audience);
  }

  const found = collector.list(looks.map(({ audience }) => audience)).map(withReferences);
  return locateDiagnostics(suppress(sortDiagnostics(found, resources), resources, options.ignore ?? []), resources);
}

/** Of a name that is given twice, the one that counts; of refused ones, those that no accepted one replaces. */
function listOnce(mesh: Mesh, resources: readonly Resource[]): MeshContext['written'] {
  const listed = new Map<Kind, readonly Resource[]>();
  return <K extends Kind>(kind: K): readonly ResourceOf<K>[] => {
    const latest = new Map<string, Resource>();
    const known = listed.get(kind);
    if (!known) {
      const accepted: readonly Resource[] = mesh.resources[kind];
      for (const resource of resources)
        if (resource.kind === kind) latest.set(resourceKey(resource.metadata), resource);
      for (const resource of accepted) latest.set(resourceKey(resource.metadata), resource);
      listed.set(kind, [...latest.values()]);
    }
    return (known ?? [...latest.values()]) as ResourceOf<Kind>[] as ResourceOf<K>[];
  };
}

function reportUnheard(observers: readonly Observer[]): Diagnostic {
  const left = observers.slice(maximumObservers).map(({ audience }) => audience.namespace);
  return {
    code: 'viewpoints-limited',
    severity: 'info',
    message: `Lint looked from ${maximumObservers} kinds of proxies and not from ${left.length} more (${[...new Set(left)].slice(0, 5).join(', ')} …). Name a namespace in the scenario to look from there.`,
  };
}

/** Names the equal codes of other tools and the page that explains the code. */
function withReferences(diagnostic: Diagnostic): Diagnostic {
  const { seeAlso = [], page } = describeCode(diagnostic.code);
  const references = [...(diagnostic.seeAlso ?? seeAlso), page];
  // The range may be found on demand: it must not be read here.
  return Object.defineProperty(diagnostic, 'seeAlso', { value: references, enumerable: true });
}
