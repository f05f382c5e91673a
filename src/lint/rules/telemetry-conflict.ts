import { type ResourceOf, referenceOf } from '../../model/resource.ts';
import { hasLabels } from '../../registry/labels.ts';
import { compareByCreation } from '../../registry/order.ts';
import type { Finding, MeshContext, Rule } from '../rule.ts';

type Telemetry = ResourceOf<'Telemetry'>;

/** https://istio.io/latest/docs/reference/config/analysis/ist0159/ and ist0160 */
export const telemetryConflict: Rule = {
  code: 'telemetry-conflict',
  severity: 'warning',
  seeAlso: ['IST0159', 'IST0160'],
  documentation:
    'Of several Telemetry resources of a namespace without a selector the oldest counts; what the others say is not merged in, it does not exist. Several that select one workload are all applied, and which one has the last word is documented nowhere. Put the settings into one resource, or let each select workloads of its own.',
  inMesh: (context) => {
    const inOrder = [...context.written('Telemetry')].sort(compareByCreation);
    return [...findUnselective(inOrder), ...findSelecting(inOrder, context)];
  },
};

const selectorOf = ({ spec }: Telemetry): Readonly<Record<string, string>> => spec.selector?.matchLabels ?? {};

function findUnselective(inOrder: readonly Telemetry[]): readonly Finding[] {
  const all = inOrder.filter(({ spec }) => !spec.selector && !spec.targetRefs?.length);
  return all.flatMap((resource) => {
    const sharing = all.filter(({ metadata }) => metadata.namespace === resource.metadata.namespace);
    if (sharing.length < 2) return [];
    return [describeUnselective(resource, sharing)];
  });
}

function findSelecting(inOrder: readonly Telemetry[], { mesh }: MeshContext): readonly Finding[] {
  const selecting = inOrder.filter((one) => Object.keys(selectorOf(one)).length > 0);
  return selecting.flatMap((resource) => {
    const { namespace } = resource.metadata;
    for (const pod of mesh.resources.Pod.filter(({ metadata }) => metadata.namespace === namespace)) {
      const sharing = selecting.filter(
        (one) => one.metadata.namespace === namespace && hasLabels(pod.metadata.labels, selectorOf(one)),
      );
      if (sharing.length > 1 && sharing.includes(resource))
        return [describeSelecting(resource, sharing, pod.metadata.name)];
    }
    return [];
  });
}

function describeUnselective(resource: Telemetry, sharing: readonly Telemetry[]): Finding {
  const [winner] = sharing;
  const isWinner = winner === resource;
  const name = winner ? `${winner.metadata.namespace}/${winner.metadata.name}` : '';
  const what = `every workload of namespace ${resource.metadata.namespace}`;
  return {
    resource,
    path: 'metadata.name',
    seeAlso: ['IST0160'],
    ...(isWinner && { severity: 'info' }),
    message: isWinner
      ? `Other Telemetry resources are for ${what}, too: this one, the oldest, counts alone.`
      : `Telemetry ${name} is for ${what}, too, and comes first: this one has no effect. Put both into one.`,
    related: relate(resource, sharing, what),
  };
}

function describeSelecting(resource: Telemetry, sharing: readonly Telemetry[], pod: string): Finding {
  return {
    resource,
    path: 'metadata.name',
    seeAlso: ['IST0159'],
    message: `Other Telemetry resources select pod ${pod}, too: all are applied, and where they contradict each other the outcome is documented nowhere. Put them into one.`,
    related: relate(resource, sharing, `pod ${pod}`),
  };
}

const relate = (resource: Telemetry, sharing: readonly Telemetry[], what: string): NonNullable<Finding['related']> =>
  sharing
    .filter((one) => one !== resource)
    .map((one) => ({ message: `is for ${what}, too`, resource: referenceOf(one) }));
