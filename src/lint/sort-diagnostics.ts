import type { Diagnostic } from '../model/diagnostic.ts';
import { kinds } from '../model/istio/kinds.ts';
import type { Resource } from '../model/resource.ts';

/** In the order of the input; what belongs to no resource that could be read comes first, as it was found. */
export function sortDiagnostics(
  diagnostics: readonly Diagnostic[],
  resources: readonly Resource[],
): readonly Diagnostic[] {
  const positions = new Map<string, number>();
  for (const [index, { kind, metadata }] of resources.entries())
    positions.set(`${kinds[kind].manifestKind}/${metadata.namespace}/${metadata.name}`, index);
  const positionOf = ({ resource }: Diagnostic): number =>
    (resource && positions.get(`${manifestKindOf(resource.kind)}/${resource.namespace}/${resource.name}`)) ?? -1;
  return diagnostics
    .map((diagnostic) => ({ diagnostic, position: positionOf(diagnostic) }))
    .sort((left, right) => left.position - right.position)
    .map(({ diagnostic }) => diagnostic);
}

const manifestKindOf = (kind: string): string => (kind === 'KubernetesGateway' ? 'Gateway' : kind);
