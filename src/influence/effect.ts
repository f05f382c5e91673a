import { type DifferenceGroup, groupDifferences } from '../diff/group-differences.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Scenario } from '../model/scenario.ts';
import { influence } from './influence.ts';
import type { InputField } from './input-field.ts';
import { selectFields } from './select-fields.ts';

/** What one input field does. */
export interface Effect {
  readonly field: InputField;
  readonly outputs: readonly string[];
  readonly variations: readonly {
    /** The value that was tried; absent where the field was left out. */
    readonly value?: unknown;
    /** What is different then. */
    readonly groups: readonly DifferenceGroup[];
  }[];
}

/**
 * Says what fields of the input do: what would be different if each were left out or held another value. Which fields
 * is told as in `selectFields`: `rule.yaml:11`, `spec.resolution`, `DestinationRule/api:spec.host`.
 */
export function effectsOf(
  manifests: string | readonly Manifest[],
  scenario: Scenario,
  selector: string,
  scenarioFile?: Manifest,
): readonly Effect[] {
  const options = { only: selectFields(selector), ...(scenarioFile && { scenarioFile }) };
  return influence(manifests, scenario, options).fields.map(({ field, outputs, variations }) => ({
    field,
    outputs,
    variations: variations.map(({ differences, ...value }) => ({ ...value, groups: groupDifferences(differences) })),
  }));
}
