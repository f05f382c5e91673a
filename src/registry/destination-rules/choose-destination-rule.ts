import type { Proxy } from '../../model/proxy.ts';
import { hasLabels } from '../labels.ts';
import type { ConsolidatedRule } from './consolidated-rule.ts';

/**
 * Of the rules for a host, the first whose selector matches the proxy; else the one for every workload. For traffic that
 * the proxy receives, selectors do not count. Source: istio `pilot/pkg/model/sidecar.go`, DestinationRule.
 */
export function chooseDestinationRule(
  rules: readonly ConsolidatedRule[],
  { namespace, labels }: Proxy,
  direction: 'inbound' | 'outbound',
): ConsolidatedRule | undefined {
  const selecting = rules.find(
    ({ metadata, spec }) =>
      direction === 'outbound' &&
      spec.workloadSelector &&
      metadata.namespace === namespace &&
      hasLabels(labels, spec.workloadSelector.matchLabels ?? {}),
  );
  return selecting ?? rules.findLast(({ spec }) => !spec.workloadSelector);
}
