import { findInside, findValue, isSection, parseOutputPath } from '../diff/find-value.ts';
import { type DifferenceGroup, groupDifferences } from '../diff/group-differences.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { type FieldPath, formatFieldPath } from '../model/field-path.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Variation } from './find-variations.ts';
import { type FieldInfluence, type InfluenceOptions, tryFields } from './influence.ts';
import type { InputField } from './input-field.ts';
import { fieldsThatShape } from './queries.ts';
import { touchesDifference } from './touches.ts';
import { createVariations } from './vary-input.ts';

/** Why an output is what it is, or why it is not there. */
export interface Why {
  /** The way to the output, as differences write it. */
  readonly path: string;
  /** Absent where the output is not there. */
  readonly value?: unknown;
  /** The input fields that shape it, the most telling first. */
  readonly shapedBy: readonly ShapingField[];
}

export interface ShapingField {
  readonly field: InputField;
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  /** The value that was tried for the field; absent where it was left out. */
  readonly tried?: unknown;
  /** What the output becomes; absent where it would not be there. */
  readonly becomes?: unknown;
  /** The same in words. */
  readonly groups: readonly DifferenceGroup[];
}

/**
 * Says which input fields shape an output, and what other values would make of it. Undefined where the path begins with
 * no section (`clusters`, `listeners`, `routes`, `endpoints`, `names`).
 *
 * @example
 * why(manifests, scenario, 'clusters["outbound|443||api.example.com"].connectTimeout')?.shapedBy[0]?.field.path
 * // 'spec.trafficPolicy.connectionPool.tcp.connectTimeout'
 */
export function why(
  manifests: string | readonly Manifest[],
  scenario: Scenario,
  output: string,
  { only, scenarioFile }: Omit<InfluenceOptions, 'output'> = {},
): Why | undefined {
  const asked = parseOutputPath(output);
  if (!isSection(asked[0])) return undefined;
  const files = typeof manifests === 'string' ? [{ file: '<input>', text: manifests }] : manifests;
  const variations = createVariations(files, scenario);
  const found = findValue(variations.baseline, asked);
  const steps = found?.path ?? asked;
  const path = formatFieldPath(steps);
  // What keeps an output out is found only by looking at everything.
  const options = { ...(only && { only }), ...(scenarioFile && { scenarioFile }), ...(found && { output: path }) };
  const shaping = fieldsThatShape(tryFields(variations, scenario, options), path);
  return {
    path,
    ...(found && { value: found.value }),
    shapedBy: shaping.map(({ field, variations }: FieldInfluence) => ({
      field,
      alternatives: variations.flatMap((variation) => alternativeFor(variation, steps)),
    })),
  };
}

function alternativeFor(variation: Variation, steps: FieldPath): readonly Alternative[] {
  const differences = variation.differences.filter((difference) =>
    touchesDifference(difference, formatFieldPath(steps)),
  );
  const [first] = differences;
  if (first === undefined) return [];
  const [section = '', name = '', ...fields] = steps;
  const resource = first.kind === 'removed' ? undefined : first.after;
  const becomes = name === '' ? undefined : findInside({ path: [section, name], value: resource }, fields);
  return [
    {
      ...('value' in variation && { tried: variation.value }),
      ...(becomes?.value !== undefined && { becomes: becomes.value }),
      groups: groupDifferences(differences),
    },
  ];
}
