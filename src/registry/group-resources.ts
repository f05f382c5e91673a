import { kinds } from '../model/istio/kinds.ts';
import type { Memory } from '../model/memory.ts';
import type { Kind, Resource } from '../model/resource.ts';
import type { ResourcesByKind } from './mesh.ts';
import { compareByCreation } from './order.ts';

/** Sorts resources by kind, each kind in istiod's order. */
export function groupResources(resources: readonly Resource[], memory: Memory): ResourcesByKind {
  const groups = memory.group('resources by kind', resources, { keyOf: kindOf, make: (ofKind) => ofKind });
  const sorted = (Object.keys(kinds) as Kind[]).map((kind) => [
    kind,
    memory.sort(`resources ${kind}`, groups.get(kind) ?? none, compareByCreation),
  ]);
  return Object.fromEntries(sorted) as ResourcesByKind;
}

const none: readonly Resource[] = [];
const kindOf = ({ kind }: Resource): Kind => kind;
