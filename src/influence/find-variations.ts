import type { Difference } from '../diff/difference.ts';
import { compareText } from '../model/compare-text.ts';
import { type FieldPath, formatFieldPath } from '../model/field-path.ts';
import type { VariableField } from './list-input-fields.ts';
import { otherValues } from './other-values.ts';
import type { Variations } from './vary-input.ts';
import { removed } from './with-field.ts';

/** What one other value of a field changes. */
export interface Variation {
  /** The value that was tried; absent where the field was left out. */
  readonly value?: unknown;
  /** Sorted paths into the output of the input as it is. */
  readonly outputs: readonly string[];
}

/** Tries other values for a field; those that Istio refuses and those that change nothing are left out. */
export function findVariations(candidate: VariableField, { outcome }: Variations): readonly Variation[] {
  return [...otherValues(candidate), removed]
    .map((value) => {
      const outputs = changedOutputs(outcome(candidate, value) ?? []);
      return value === removed ? { outputs } : { value, outputs };
    })
    .filter(({ outputs }) => outputs.length > 0);
}

/** What differs, as sorted paths into the later of the two. What is missing there is named by what held it. */
export function changedOutputs(differences: readonly Difference[]): readonly string[] {
  return [...new Set(differences.flatMap(changedPaths).map(formatFieldPath))].sort(compareText);
}

function changedPaths(difference: Difference): readonly FieldPath[] {
  const resource = [difference.section, difference.name];
  if (difference.kind === 'added') return [resource];
  if (difference.kind === 'removed') return [];
  return difference.changes.map((change) => (change.kind === 'removed' ? change.path.slice(0, -1) : change.path));
}
