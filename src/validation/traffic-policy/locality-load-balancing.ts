import type { Distribute, Failover, LocalityLoadBalancerSetting } from '../../model/istio/destination-rule.ts';
import { type Field, forEachItem } from '../field.ts';
import { validateLocalities } from './localities.ts';

const topologyLabels: ReadonlySet<string> = new Set([
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
]);

/** Source: istio `pkg/config/validation/agent`, ValidateLocalityLbSetting. */
export function validateLocalityLoadBalancing(
  setting: LocalityLoadBalancerSetting | undefined,
  field: Field,
  hasOutlierDetection: boolean,
): void {
  if (setting === undefined) return;
  const { distribute = [], failover = [], failoverPriority = [] } = setting;
  if (distribute.length > 0 && failover.length > 0) {
    field.at('distribute').refuse('distribute and failover exclude each other; remove one.');
    return;
  }
  if (failover.length > 0) validateFailoverPriority(failoverPriority, field.at('failoverPriority'));
  validateDistribute(distribute, field.at('distribute'));
  // Only outlier detection finds out that endpoints are not healthy.
  if ((failover.length > 0 || failoverPriority.length > 0) && !hasOutlierDetection) {
    field.warn('Failover has no effect without outlierDetection in the same traffic policy; add it.');
  }
  forEachItem(failover, field.at('failover'), validateFailover);
}

function validateFailoverPriority(labels: readonly string[], field: Field): void {
  forEachItem(labels, field, (label, at) => {
    if (topologyLabels.has(label)) at.refuse(`failover decides about regions already; remove "${label}" or failover.`);
  });
}

function validateDistribute(distribute: readonly Distribute[], field: Field): void {
  forEachItem(distribute, field, ({ to = {} }, at) => {
    const targets = at.at('to');
    targets.refuseIf(weightsProblem(Object.values(to)));
    validateLocalities(Object.keys(to), targets);
  });
  validateLocalities(
    distribute.map(({ from = '' }) => from),
    field,
  );
}

function weightsProblem(weights: readonly number[]): string | undefined {
  const outOfRange = weights.find((weight) => weight <= 0 || weight > 100);
  if (outOfRange !== undefined) return `Weight ${outOfRange} is not between 1 and 100.`;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total === 100 ? undefined : `The weights add up to ${total}; make them 100.`;
}

function validateFailover({ from = '', to = '' }: Failover, field: Field): void {
  if (from === to) field.refuse('A region cannot fail over to itself; name another one.');
  if (from.includes('/') || to.includes('/')) field.refuse('Failover is between regions; name no zone or subzone.');
  if (from.includes('*') || to.includes('*')) field.refuse('Failover is between named regions; use no wildcard.');
}
