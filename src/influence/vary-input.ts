import { diff } from '../diff/diff.ts';
import type { Difference } from '../diff/difference.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Scenario } from '../model/scenario.ts';
import { type Translation, translate } from '../translate.ts';
import { type InputDocument, type InputObject, readInputObjects } from './input-object.ts';
import type { VariableField } from './list-input-fields.ts';
import { removed, withField } from './with-field.ts';

/** The input, and what becomes of it when one field is another. */
export interface Variations {
  readonly input: readonly InputObject[];
  /** How the output differs from what the field's own value gives; undefined where Istio refuses the variation. */
  readonly outcome: (field: VariableField, value: unknown) => readonly Difference[] | undefined;
  /** How the output differs from what there is without some objects. */
  readonly without: (objects: readonly InputObject[]) => readonly Difference[];
}

export function createVariations(manifests: readonly Manifest[], scenario: Scenario): Variations {
  const { documents, objects } = readInputObjects(manifests);
  const written = documents.map(
    ({ file, text, value }): Manifest => ({ file, text: value === undefined ? text : JSON.stringify(value) }),
  );
  const baseline = translate(written, scenario);
  const refusals = countRefusals(baseline);

  const outcome = ({ object, path }: VariableField, value: unknown): readonly Difference[] | undefined => {
    const varied =
      object === undefined
        ? translate(written, withField(scenario, path, value) as Scenario)
        : translate(withObject(object, withField(object.value, path, value)), scenario);
    return countRefusals(varied) > refusals ? undefined : diff(varied, baseline);
  };

  const withObject = ({ document, source }: InputObject, value: unknown): readonly Manifest[] => {
    const whole = withField(documents[document]?.value, source.path, value);
    return written.with(document, { file: source.file, text: JSON.stringify(whole) });
  };

  const without = (left: readonly InputObject[]): readonly Difference[] => {
    const rest = written.map((manifest, index) => {
      const here = left.filter(({ document }) => document === index);
      return here.length === 0 ? manifest : { ...manifest, text: textWithout(here, documents[index]) };
    });
    return diff(translate(rest, scenario), baseline);
  };

  return { input: objects, outcome, without };
}

/** Items of a list go last to first, so that their positions hold. */
function textWithout(left: readonly InputObject[], document: InputDocument | undefined): string {
  if (left.some(({ source }) => source.path.length === 0)) return '';
  const rest = left.reduceRight((value, { source }) => withField(value, source.path, removed), document?.value);
  return JSON.stringify(rest);
}

function countRefusals({ rejected, diagnostics }: Translation): number {
  return rejected.length + diagnostics.filter(({ code }) => code === 'scenario-invalid').length;
}
