import { oncePer } from '../model/once-per.ts';
import type { ClusterLoadAssignment } from '../xds/types.ts';

interface Named {
  readonly name?: string;
}

/** The first one of the name. */
export function findByName<T extends Named>(resources: readonly T[], name: string | undefined): T | undefined {
  return byName(resources).get(name) as T | undefined;
}

export function findAssignment(
  assignments: readonly ClusterLoadAssignment[],
  clusterName: string | undefined,
): ClusterLoadAssignment | undefined {
  return byClusterName(assignments).get(clusterName);
}

const byName = oncePer((resources: readonly Named[]) => indexFirst(resources, ({ name }) => name));

const byClusterName = oncePer((assignments: readonly ClusterLoadAssignment[]) =>
  indexFirst(assignments, ({ clusterName }) => clusterName),
);

function indexFirst<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string | undefined, T> {
  const index = new Map<string | undefined, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!index.has(key)) index.set(key, item);
  }
  return index;
}
