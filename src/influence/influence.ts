import { parseOutputPath } from '../diff/find-value.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { formatFieldPath } from '../model/field-path.ts';
import type { Scenario } from '../model/scenario.ts';
import { findVariations, outputsOf, type Variation } from './find-variations.ts';
import type { InputField } from './input-field.ts';
import type { InputObject } from './input-object.ts';
import { likelyBehind } from './likely-behind.ts';
import { listInputFields, type VariableField } from './list-input-fields.ts';
import { objectsBehind } from './objects-behind.ts';
import { touchesDifference } from './touches.ts';
import { createVariations, type Variations } from './vary-input.ts';

/** What each field of the input shapes. */
export interface Influence {
  /** The fields that shape anything, in the order of the input, the scenario's last. */
  readonly fields: readonly FieldInfluence[];
}

export interface FieldInfluence {
  readonly field: InputField;
  /**
   * The outputs that are different when the field is left out or holds another value, sorted: paths as in
   * `clusters["outbound|443||a.example.com"].connectTimeout`. A resource that would not be there is named as a whole;
   * empty where the field only keeps resources out.
   */
  readonly outputs: readonly string[];
  /** The same for each value that was tried and makes a difference. */
  readonly variations: readonly Variation[];
}

export interface InfluenceOptions {
  /** Only these fields are looked at: each costs a few changes of the mesh. All, where absent. */
  readonly only?: (field: InputField) => boolean;
  /** Only resources without which this output would be different are looked at, which is quicker for large inputs. */
  readonly output?: string;
  /** Where the scenario was read from, for the positions of its fields. */
  readonly scenarioFile?: Manifest;
}

/**
 * Finds out which input fields shape which output, by trying: one field at a time is left out and changed, what the
 * change touches is translated again and compared. A variation that Istio would refuse says nothing and is not counted.
 *
 * Each field costs a few small changes of one mesh (see `createMesh`), so for a large input name the fields with `only`,
 * or the `output` in question.
 *
 * @example
 * const { fields } = influence(manifests, scenario);
 * fieldsThatShape({ fields }, 'clusters["outbound|443||api.example.com"].connectTimeout')
 *   .map(({ field }) => `${field.range.file}:${field.range.line} ${field.path}`);
 * // ['rule.yaml:9 spec.trafficPolicy.connectionPool.tcp.connectTimeout']
 */
export function influence(
  manifests: string | readonly Manifest[],
  scenario: Scenario = {},
  options: InfluenceOptions = {},
): Influence {
  const files = typeof manifests === 'string' ? [{ file: '<input>', text: manifests }] : manifests;
  return tryFields(createVariations(files, scenario), scenario, options);
}

/** The same for an input whose variations are known already. */
export function tryFields(
  variations: Variations,
  scenario: Scenario,
  { only = () => true, output, scenarioFile }: InfluenceOptions,
): Influence {
  const objects = output === undefined ? variations.input : objectsBehindOutput(output, variations);
  const fields = listInputFields(objects, { scenario, scenarioFile })
    .filter(({ field }) => only(field))
    .map((candidate) => influenceOf(candidate, variations))
    .filter(({ variations: found }) => found.length > 0);
  return { fields };
}

function objectsBehindOutput(output: string, variations: Variations): readonly InputObject[] {
  const steps = parseOutputPath(output);
  const path = formatFieldPath(steps);
  return objectsBehind((difference) => touchesDifference(difference, path), variations, likelyBehind(steps));
}

function influenceOf(candidate: VariableField, variations: Variations): FieldInfluence {
  const found = findVariations(candidate, variations);
  return { field: candidate.field, outputs: outputsOf(found), variations: found };
}
