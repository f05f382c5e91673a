import type { Report } from '../model/diagnostic.ts';
import { kinds } from '../model/istio/kinds.ts';
import { forgetful, type Memory } from '../model/memory.ts';
import { type Resource, resourceKey } from '../model/resource.ts';
import { locate } from './locate.ts';
import { createRangeFinder } from './source-range.ts';

/**
 * Of resources with one kind, namespace and name the last one stays, as when they are applied one after the other.
 * A refused resource replaces nothing, so this comes after validation.
 */
export function keepLatest(
  resources: readonly Resource[],
  report: Report,
  memory: Memory = forgetful(report),
): readonly Resource[] {
  const names = memory.group('names', resources, { keyOf: ({ metadata }) => metadata.name, make: namesakes });
  if (names.size === resources.length) return resources;
  let someAreRepeated = false;
  names.forEach(({ areRepeated }) => {
    someAreRepeated ||= areRepeated;
  });
  if (!someAreRepeated) return resources;
  return memory.once('latest', [resources], () => leaveReplaced(resources, report));
}

/** Whether one resource is given several times, of those that share a name. */
function namesakes(sharing: readonly Resource[]): { readonly areRepeated: boolean } {
  if (sharing.length === 1) return distinct;
  return { areRepeated: new Set(sharing.map(keyOf)).size < sharing.length };
}

const distinct = { areRepeated: false };

function keyOf({ kind, metadata }: Resource): string {
  return `${kind}/${resourceKey(metadata)}`;
}

function leaveReplaced(resources: readonly Resource[], report: Report): readonly Resource[] {
  const latest = new Map<string, Resource>();
  const findRange = createRangeFinder();
  for (const resource of resources) {
    const key = keyOf(resource);
    const earlier = latest.get(key);
    latest.set(key, resource);
    if (earlier === undefined) continue;
    const { name, namespace } = resource.metadata;
    const reference = { kind: kinds[resource.kind].manifestKind, namespace, name };
    const place = { message: 'This one is replaced.', resource: reference };
    const diagnostic = {
      code: 'resource-duplicate',
      severity: 'warning',
      message: `${reference.kind} ${resourceKey(resource.metadata)} is given twice; this one, the later, counts.`,
      resource: reference,
      path: 'metadata.name',
      related: [locate(place, () => findRange(earlier.source, { path: 'metadata.name' }))],
    } as const;
    report(locate(diagnostic, () => findRange(resource.source, { path: 'metadata.name' })));
  }
  return [...latest.values()];
}
