import type { Manifest } from '../manifests/manifest.ts';
import { compareText } from '../model/compare-text.ts';
import type { Scenario } from '../model/scenario.ts';
import { findVariations, type Variation } from './find-variations.ts';
import type { InputField } from './input-field.ts';
import { listInputFields } from './list-input-fields.ts';
import { createVariations } from './vary-input.ts';

/** What each field of the input shapes. */
export interface Influence {
  /** The fields that shape anything, in the order of the input, the scenario's last. */
  readonly fields: readonly FieldInfluence[];
}

export interface FieldInfluence {
  readonly field: InputField;
  /**
   * The outputs that are different when the field is left out or holds another value, sorted: paths as in
   * `clusters["outbound|443||a.example.com"].connectTimeout`. A resource that would not be there is named as a whole.
   */
  readonly outputs: readonly string[];
  /** The same for each value that was tried and makes a difference. */
  readonly variations: readonly Variation[];
}

export interface InfluenceOptions {
  /** Only these fields are looked at: each costs a few translations. All, where absent. */
  readonly only?: (field: InputField) => boolean;
  /** Where the scenario was read from, for the positions of its fields. */
  readonly scenarioFile?: Manifest;
}

/**
 * Finds out which input fields shape which output, by trying: one field at a time is left out and changed, everything
 * is translated again and compared. A variation that Istio would refuse says nothing and is not counted.
 *
 * The time is that of a few translations for each field, so for a large input name the fields with `only`.
 *
 * @example
 * const { fields } = influence(manifests, scenario);
 * fieldsThatShape({ fields }, 'clusters["outbound|443||a.example.com"].connectTimeout')
 *   .map(({ field }) => `${field.range.file}:${field.range.line} ${field.path}`);
 * // ['rule.yaml:9 spec.trafficPolicy.connectionPool.tcp.connectTimeout']
 */
export function influence(
  manifests: string | readonly Manifest[],
  scenario: Scenario = {},
  { only = () => true, scenarioFile }: InfluenceOptions = {},
): Influence {
  const files = typeof manifests === 'string' ? [{ file: '<input>', text: manifests }] : manifests;
  const variations = createVariations(files, scenario);
  const fields = listInputFields(variations.input, { scenario, scenarioFile })
    .filter(({ field }) => only(field))
    .map((candidate) => influenceOf(candidate.field, findVariations(candidate, variations)))
    .filter(({ outputs }) => outputs.length > 0);
  return { fields };
}

function influenceOf(field: InputField, variations: readonly Variation[]): FieldInfluence {
  const outputs = new Set(variations.flatMap((variation) => variation.outputs));
  return { field, outputs: [...outputs].sort(compareText), variations };
}
