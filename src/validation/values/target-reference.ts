import type { PolicyTargetReference, PolicyWorkloadSelector } from '../../model/istio/selector.ts';
import { type Field, forEachItem } from '../field.ts';
import { validateSelectorLabels } from './workload-selector.ts';

/** The ways in which a policy names what it is for. */
export interface PolicyTargets {
  readonly selector?: PolicyWorkloadSelector;
  readonly targetRef?: PolicyTargetReference;
  readonly targetRefs?: readonly PolicyTargetReference[];
}

export function validatePolicyTargets(policy: PolicyTargets, field: Field): void {
  const { selector, targetRef, targetRefs = [] } = policy;
  const ways = [selector !== undefined, targetRef !== undefined, targetRefs.length > 0];
  if (ways.filter((used) => used).length > 1)
    field.refuse('selector, targetRef and targetRefs exclude each other; keep one.');
  if (selector !== undefined) validateSelectorLabels(selector.matchLabels, field.at('selector').at('matchLabels'));
  if (targetRef !== undefined) validateTargetReference(targetRef, field.at('targetRef'));
  forEachItem(targetRefs, field.at('targetRefs'), validateTargetReference);
}

const allowedTargets: readonly (readonly [group: string, kind: string])[] = [
  ['', 'Service'],
  ['networking.istio.io', 'ServiceEntry'],
  ['gateway.networking.k8s.io', 'Gateway'],
  ['gateway.networking.k8s.io', 'GatewayClass'],
];

function validateTargetReference(target: PolicyTargetReference, field: Field): void {
  const { name = '', namespace = '', kind = '' } = target;
  const group = target.group === undefined || target.group === 'core' ? '' : target.group;
  if (name === '') field.at('name').refuse('Name the target.');
  if (namespace !== '')
    field.at('namespace').refuse('A target is always in the namespace of the policy; remove namespace.');
  if (!allowedTargets.some(([allowedGroup, allowedKind]) => allowedGroup === group && allowedKind === kind)) {
    const allowed = allowedTargets.map((target) => target.filter((part) => part !== '').join('/')).join(', ');
    field.refuse(`A target is one of ${allowed}, not "${group === '' ? kind : `${group}/${kind}`}".`);
  }
}
