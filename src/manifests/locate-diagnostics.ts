import type { Diagnostic, ResourceReference } from '../model/diagnostic.ts';
import { kinds } from '../model/istio/kinds.ts';
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
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const places = diagnostics.flatMap(({ resource, related = [] }) => [resource, ...related.map((one) => one.resource)]);
  const names = new Set(places.map((place) => place?.name));
  const sources = sourcesByReference(resources.filter(({ metadata }) => names.has(metadata.name)));
  const findRange = createRangeFinder();
  const locateOne = <T extends Locatable>(located: T, path: string): T => {
    const source = located.resource === undefined ? undefined : sources.get(keyOf(located.resource));
    if (source === undefined || Object.hasOwn(located, 'range')) return located;
    return locate(located, () => findRange(source, { path }));
  };
  return diagnostics.map((diagnostic) => {
    const { path = 'metadata.name', related } = diagnostic;
    if (Object.hasOwn(diagnostic, 'range') || !related) return locateOne(diagnostic, path);
    return locateOne({ ...diagnostic, related: related.map((one) => locateOne(one, 'metadata.name')) }, path);
  });
}

interface Locatable {
  readonly resource?: ResourceReference;
}

/** Where a name is given twice, the later one counts: it is the one that was applied. */
function sourcesByReference(resources: readonly Resource[]): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const { kind, metadata, source } of resources) {
    sources.set(keyOf({ ...metadata, kind }), source);
    sources.set(keyOf({ ...metadata, kind: kinds[kind].manifestKind }), source);
  }
  return sources;
}

function keyOf({ kind, namespace, name }: ResourceReference): string {
  return `${kind}/${namespace}/${name}`;
}
