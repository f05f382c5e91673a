import type { Diagnostic, ResourceReference } from '../model/diagnostic.ts';
import { kinds } from '../model/istio/kinds.ts';
import { forgetful, type Memory } from '../model/memory.ts';
import type { Resource, Source } from '../model/resource.ts';
import { locate } from './locate.ts';
import { createRangeFinder } from './source-range.ts';

/**
 * Gives a range to each diagnostic that names a resource and has none yet, from its field path. The position is only
 * looked up when the range is read.
 */
export function locateDiagnostics(
  diagnostics: readonly Diagnostic[],
  resources: readonly Resource[],
  memory: Memory = forgetful(() => undefined),
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  // One that forgets need not go through the resources that nothing is said of.
  const named = memory.remembers ? resources : selectNamed(diagnostics, resources);
  const sharing = memory.group('named resources', named, {
    keyOf: ({ metadata }) => nameOf(metadata),
    make: (members) => members,
  });
  const findRange = createRangeFinder();
  const locateOne = <T extends Locatable>(located: T, path: string): T => {
    if (located.resource === undefined || Object.hasOwn(located, 'range')) return located;
    const source = findSource(located.resource, sharing);
    return source === undefined ? located : locate(located, () => findRange(source, { path }));
  };
  const locateWhole = (diagnostic: Diagnostic): Diagnostic => {
    const { path = 'metadata.name', related } = diagnostic;
    if (Object.hasOwn(diagnostic, 'range') || !related) return locateOne(diagnostic, path);
    return locateOne({ ...diagnostic, related: related.map((one) => locateOne(one, 'metadata.name')) }, path);
  };
  const namesOf = (diagnostic: Diagnostic) => placesOf(diagnostic).map((place) => place && nameOf(place));
  return memory.mapEach('located diagnostics', diagnostics, locateWhole, {
    of: (diagnostic) => namesOf(diagnostic).map((name) => name && sharing.get(name)),
    lookups: {
      in: [sharing],
      namesOf: (diagnostic) => namesOf(diagnostic).filter((name) => name !== undefined),
    },
  });
}

function placesOf({ resource, related = [] }: Diagnostic): readonly (ResourceReference | undefined)[] {
  return [resource, ...related.map((one) => one.resource)];
}

function selectNamed(diagnostics: readonly Diagnostic[], resources: readonly Resource[]): readonly Resource[] {
  const names = new Set<string>();
  for (const { resource, related = [] } of diagnostics) {
    if (resource) names.add(resource.name);
    for (const one of related) if (one.resource) names.add(one.resource.name);
  }
  return resources.filter(({ metadata }) => names.has(metadata.name));
}

interface Locatable {
  readonly resource?: ResourceReference;
}

function nameOf({ namespace, name }: Pick<ResourceReference, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Where a name is given twice, the later one counts: it is the one that was applied. */
function findSource(
  { kind, namespace, name }: ResourceReference,
  resources: ReadonlyMap<string, readonly Resource[]>,
): Source | undefined {
  const isMeant = (resource: Resource): boolean => resource.kind === kind || kinds[resource.kind].manifestKind === kind;
  return resources.get(`${namespace}/${name}`)?.findLast(isMeant)?.source;
}
