import type { PatchSet } from './patch-set.ts';

/**
 * Each name once, as Envoy demands: of several resources of a name the first stays. istiod would send them all, and Envoy
 * refuse what it is sent with them.
 */
export function keepFirstOfName<T extends { readonly name: string }>(
  set: PatchSet,
  resources: readonly T[],
): readonly T[] {
  const byName = new Map<string, T>();
  const taken = new Set<string>();
  for (const resource of resources) {
    if (byName.has(resource.name)) taken.add(resource.name);
    else byName.set(resource.name, resource);
  }
  for (const name of taken) set.reportTakenName(name);
  return [...byName.values()];
}
