import type { Difference } from '../diff/difference.ts';
import { invertDifferences } from '../diff/invert-differences.ts';
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
  /** From the input as it is to the variation; paths lead into the output as it is, where it has them. */
  readonly differences: readonly Difference[];
}

/** Tries other values for a field; those that Istio refuses and those that change nothing are left out. */
export function findVariations(candidate: VariableField, { outcome }: Variations): readonly Variation[] {
  return [...otherValues(candidate), removed]
    .map((value) => {
      const differences = invertDifferences(outcome(candidate, value) ?? []);
      return value === removed ? { differences } : { value, differences };
    })
    .filter(({ differences }) => differences.length > 0);
}

/** What differs, as sorted paths into the output as it is. What only the variation has is named by what holds it. */
export function outputsOf(variations: readonly Variation[]): readonly string[] {
  const paths = variations.flatMap(({ differences }) => differences.flatMap(pathsIn));
  return [...new Set(paths.map(formatFieldPath))].sort(compareText);
}

function pathsIn(difference: Difference): readonly FieldPath[] {
  if (difference.kind === 'added') return [];
  if (difference.kind === 'removed') return [[difference.section, difference.name]];
  return difference.changes.map((change) => (change.kind === 'added' ? change.path.slice(0, -1) : change.path));
}
