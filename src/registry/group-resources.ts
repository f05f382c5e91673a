import { kinds } from '../model/istio/kinds.ts';
import type { Memory } from '../model/memory.ts';
import type { Kind, Resource } from '../model/resource.ts';
import type { ResourcesByKind } from './mesh.ts';
import { compareByCreation } from './order.ts';

/** Sorts resources by kind, each kind in istiod's order. */
export function groupResources(resources: readonly Resource[], memory: Memory): ResourcesByKind {
  const groups = new Map<Kind, Resource[]>();
  for (const kind of Object.keys(kinds) as Kind[]) groups.set(kind, []);
  for (const resource of resources) groups.get(resource.kind)?.push(resource);
  const sorted = [...groups].map(([kind, group]) => [kind, memory.sort(`resources ${kind}`, group, compareByCreation)]);
  return Object.fromEntries(sorted) as ResourcesByKind;
}
