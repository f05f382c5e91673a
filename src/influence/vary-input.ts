import { diff } from '../diff/diff.ts';
import type { Difference } from '../diff/difference.ts';
import { createMesh } from '../live/create-mesh.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { groupBy } from '../model/group-by.ts';
import type { Scenario } from '../model/scenario.ts';
import { type Translation, translate } from '../translate.ts';
import { type InputDocument, type InputObject, readInputObjects } from './input-object.ts';
import type { VariableField } from './list-input-fields.ts';
import { removed, withField } from './with-field.ts';

/** The input, and what becomes of it when one field is another. */
export interface Variations {
  readonly input: readonly InputObject[];
  /** What the input gives as it is. */
  readonly baseline: Translation;
  /** How the output differs from what the field's own value gives; undefined where Istio refuses the variation. */
  readonly outcome: (field: VariableField, value: unknown) => readonly Difference[] | undefined;
  /** How the output differs from what there is without some objects. */
  readonly without: (objects: readonly InputObject[]) => readonly Difference[];
}

/** Every variation is a small change of one mesh, which remembers what stays as it is. */
export function createVariations(manifests: readonly Manifest[], scenario: Scenario): Variations {
  const { documents, objects } = readInputObjects(manifests);
  // Each document is a file of its own: files are what a mesh tells changes by.
  const written = documents.map(
    ({ text, value }, index): Manifest => ({
      file: String(index),
      text: value === undefined ? text : JSON.stringify(value),
    }),
  );
  const mesh = createMesh(written);
  const baseline = mesh.view(scenario);
  const refusals = countRefusals(baseline);
  const write = (index: number, text: string): Manifest => ({ file: String(index), text });

  // What a variation changed is made anew when the next object is varied: then most is the same by reference again.
  let compared: { readonly object?: InputObject; readonly translation: Translation } = { translation: baseline };
  const unvaried = (object: InputObject): Translation => {
    if (compared.object !== object) compared = { object, translation: mesh.view(scenario) };
    return compared.translation;
  };

  const outcome = ({ object, path }: VariableField, value: unknown): readonly Difference[] | undefined => {
    const before = object ? unvaried(object) : baseline;
    const varied = object
      ? mesh.apply({ put: [withObject(object, withField(object.value, path, value))] }).view(scenario)
      : translate(written, withField(scenario, path, value) as Scenario);
    return countRefusals(varied) > refusals ? undefined : diff(varied, before);
  };

  const withObject = ({ document, source }: InputObject, value: unknown): Manifest =>
    write(document, JSON.stringify(withField(documents[document]?.value, source.path, value)));

  const without = (left: readonly InputObject[]): readonly Difference[] => {
    const byDocument = groupBy(left, ({ document }) => document);
    const put = [...byDocument].map(([index, here]) => write(index, textWithout(here, documents[index])));
    // Where little is left, the mesh would forget most of what it remembers.
    const isMost = left.length * 2 > objects.length;
    const rest = isMost ? translate(withChanges(written, put), scenario) : mesh.apply({ put }).view(scenario);
    return diff(rest, baseline);
  };

  return { input: objects, baseline, outcome, without };
}

function withChanges(manifests: readonly Manifest[], put: readonly Manifest[]): readonly Manifest[] {
  const changed = new Map(put.map((manifest) => [manifest.file, manifest]));
  return manifests.map((manifest) => changed.get(manifest.file) ?? manifest);
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
