import type { Snapshot } from '../xds/snapshot.ts';
import type { Section } from './difference.ts';

/** The resources of one section by the name that other resources use for them. */
export function resourcesByName(snapshot: Snapshot, section: Section): ReadonlyMap<string, object> {
  if (section === 'names') return new Map(Object.entries(snapshot.nameTable.table));
  return indexByName(section, snapshot[section]);
}

/** The same of two snapshots, without what they share in its place: of versions of a mesh, that is most. */
export function otherResourcesByName(
  before: Snapshot,
  after: Snapshot,
  section: Section,
): readonly [before: ReadonlyMap<string, object>, after: ReadonlyMap<string, object>] {
  if (section === 'names') {
    if (before.nameTable === after.nameTable) return [new Map(), new Map()];
    return [resourcesByName(before, section), resourcesByName(after, section)];
  }
  const left: readonly object[] = before[section];
  const right: readonly object[] = after[section];
  // What comes after something new or gone is shared at another place.
  const shift = right.length - left.length;
  const isShared = (index: number): boolean => left[index] === right[index] || left[index] === right[index + shift];
  const isSharedAfter = (index: number): boolean =>
    right[index] === left[index] || right[index] === left[index - shift];
  return [
    indexByName(
      section,
      left.filter((_, index) => !isShared(index)),
    ),
    indexByName(
      section,
      right.filter((_, index) => !isSharedAfter(index)),
    ),
  ];
}

function indexByName(section: Section, resources: readonly object[]): ReadonlyMap<string, object> {
  const named: readonly { readonly name?: string; readonly clusterName?: string }[] = resources;
  const field = section === 'endpoints' ? 'clusterName' : 'name';
  return new Map(named.map((resource) => [resource[field] ?? '', resource]));
}
