import type { DestinationRule, Subset } from '../model/istio/destination-rule.ts';
import type { Admission } from './admission-rules.ts';
import { type Field, forEachItem } from './field.ts';
import { validateTrafficPolicy } from './traffic-policy/traffic-policy.ts';
import { validateExportTo } from './values/export-to.ts';
import { wildcardHostNameProblem } from './values/host-name.ts';
import { validateLabels } from './values/labels.ts';
import { subsetNameProblem } from './values/subset-name.ts';
import { validateSelectorLabels } from './values/workload-selector.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidateDestinationRule. */
export function validateDestinationRule(rule: DestinationRule, field: Field, admission: Admission): void {
  field.at('host').refuseIf(wildcardHostNameProblem(rule.host ?? ''));
  validateTrafficPolicy(rule.trafficPolicy, field.at('trafficPolicy'), admission);
  validateSubsets(rule.subsets, field.at('subsets'), admission);
  validateExportTo(rule.exportTo, field.at('exportTo'), {
    namespace: admission.metadata.namespace,
    allowsNone: false,
    ownNamespaceOnly: rule.workloadSelector !== undefined,
  });
  if (rule.workloadSelector !== undefined) {
    validateSelectorLabels(rule.workloadSelector.matchLabels, field.at('workloadSelector').at('matchLabels'));
  }
}

function validateSubsets(subsets: readonly Subset[] | undefined, field: Field, admission: Admission): void {
  const names = new Set<string>();
  forEachItem(subsets, field, (subset, at) => {
    const name = subset.name ?? '';
    if (names.has(name)) at.at('name').refuse(`Subset name "${name}" is used twice; rename one.`);
    names.add(name);
    at.at('name').refuseIf(subsetNameProblem(name));
    validateLabels(subset.labels, at.at('labels'));
    validateTrafficPolicy(subset.trafficPolicy, at.at('trafficPolicy').withoutWarnings(), admission);
  });
}
