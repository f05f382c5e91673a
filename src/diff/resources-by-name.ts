import type { Snapshot } from '../xds/snapshot.ts';
import type { Section } from './difference.ts';

/** The resources of one section by the name that other resources use for them. */
export function resourcesByName(snapshot: Snapshot, section: Section): ReadonlyMap<string, object> {
  switch (section) {
    case 'names':
      return new Map(Object.entries(snapshot.nameTable.table));
    case 'endpoints':
      return new Map(snapshot.endpoints.map((assignment) => [assignment.clusterName ?? '', assignment]));
    default:
      return new Map(snapshot[section].map((resource: { readonly name?: string }) => [resource.name ?? '', resource]));
  }
}
