import { sameLabels } from '../labels.ts';
import type { ConsolidatedRule } from './consolidated-rule.ts';

/**
 * Adds a rule to those of its host: into the ones that are exported alike and select the same workloads, else beside
 * them. What a wider rule exports also reaches those who see a narrower one, so that it is taken into that, too.
 *
 * A merged rule keeps what the older one says: the newer adds subsets of other names, and its policy where there is none.
 * Source: istio `pilot/pkg/model/destination_rule.go`, mergeDestinationRule.
 */
export function mergeDestinationRule(existing: ConsolidatedRule[], incoming: ConsolidatedRule): void {
  let standsAlone = true;
  for (const [index, rule] of existing.entries()) {
    const isAlike = isSubset(rule.exportTo, incoming.exportTo) && rule.exportTo.size === incoming.exportTo.size;
    standsAlone = !isAlike;
    if (!isAlike && (rule.exportTo.size === 0 || !isSubset(rule.exportTo, incoming.exportTo))) continue;
    const fit = compareSelectors(rule, incoming);
    if (fit === 'different') {
      standsAlone = true;
      continue;
    }
    if (fit === 'same') standsAlone = false;
    existing[index] = mergeInto(rule, incoming);
  }
  if (standsAlone) existing.push(incoming);
}

function compareSelectors(left: ConsolidatedRule, right: ConsolidatedRule): 'same' | 'different' | 'one-without' {
  const [a, b] = [left.spec.workloadSelector, right.spec.workloadSelector];
  if (!a && !b) return 'same';
  if (!a || !b) return 'one-without';
  return sameLabels(a.matchLabels ?? {}, b.matchLabels ?? {}) ? 'same' : 'different';
}

function mergeInto(rule: ConsolidatedRule, incoming: ConsolidatedRule): ConsolidatedRule {
  const { spec } = rule;
  const taken = new Set(spec.subsets?.map(({ name }) => name));
  const added = (incoming.spec.subsets ?? []).filter(({ name }) => !taken.has(name));
  const trafficPolicy = spec.trafficPolicy ?? incoming.spec.trafficPolicy;
  return {
    ...rule,
    spec: {
      ...spec,
      ...(added.length > 0 && { subsets: [...(spec.subsets ?? []), ...added] }),
      ...(trafficPolicy && { trafficPolicy }),
    },
    from: [...rule.from, ...incoming.from],
  };
}

function isSubset(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  for (const entry of inner) if (!outer.has(entry)) return false;
  return true;
}
