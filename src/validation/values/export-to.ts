import { type Field, forEachItem } from '../field.ts';
import { isDnsLabel } from './dns-label.ts';

export interface ExportToRules {
  readonly namespace: string;
  /** Only a ServiceEntry can be exported to no one, with `~`. */
  readonly allowsNone: boolean;
  /** A DestinationRule that selects workloads is for its own namespace only. */
  readonly ownNamespaceOnly: boolean;
}

/** Source: istio `pkg/config/validation/validation.go`, validateExportTo. */
export function validateExportTo(exportTo: readonly string[] | undefined, field: Field, rules: ExportToRules): void {
  if (exportTo === undefined || exportTo.length === 0) return;
  const targets = collectTargets(exportTo, field, rules);
  if (rules.ownNamespaceOnly) validateOwnNamespaceOnly(targets, field, rules.namespace);
  if (targets.has('*') && exportTo.length > 1)
    field.refuse('"*" exports to all namespaces already; remove the other entries.');
  if (targets.has('~') && exportTo.length > 1) field.refuse('"~" exports to no one; remove it or the other entries.');
}

function collectTargets(exportTo: readonly string[], field: Field, rules: ExportToRules): ReadonlySet<string> {
  const targets = new Set<string>();
  forEachItem(exportTo, field, (entry, at) => {
    const target = entry === '.' ? rules.namespace : entry;
    if (targets.has(target)) at.refuse(`Namespace "${target}" is named twice; remove one.`);
    else if (isTarget(target, rules)) targets.add(target);
    else at.refuse(targetProblem(entry));
  });
  return targets;
}

function isTarget(target: string, rules: ExportToRules): boolean {
  if (target === '~') return rules.allowsNone;
  return target === '*' || target === '.' || isDnsLabel(target);
}

function targetProblem(entry: string): string {
  if (entry === '~') return 'Only a ServiceEntry can be exported to no one; remove "~".';
  return `"${entry}" must be ".", "*" or the name of a namespace.`;
}

function validateOwnNamespaceOnly(targets: ReadonlySet<string>, field: Field, namespace: string): void {
  if (targets.size === 0 || (targets.size === 1 && targets.has(namespace))) return;
  field.refuse('A rule with a workloadSelector can only be exported to its own namespace; use ".".');
}
