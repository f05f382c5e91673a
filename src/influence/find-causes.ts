import { contentKey } from '../diff/content-key.ts';
import type { Difference, FieldChange } from '../diff/difference.ts';
import { findInside } from '../diff/find-value.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { formatFieldPath } from '../model/field-path.ts';
import type { Scenario } from '../model/scenario.ts';
import { findVariations, outputsOf, type Variation } from './find-variations.ts';
import type { InputField } from './input-field.ts';
import type { InputObject } from './input-object.ts';
import { listInputFields } from './list-input-fields.ts';
import { objectsBehind } from './objects-behind.ts';
import { touchesDifference } from './touches.ts';
import { createVariations, type Variations } from './vary-input.ts';

export interface CauseOptions {
  /** Where the scenario was read from, for the positions of its fields. */
  readonly scenarioFile?: Manifest;
  /** Each field that may be behind a difference costs a few changes of the mesh; where more fields may be, none is named. */
  readonly maximumFields?: number;
  /** Of an input with more objects none is named: the search goes through the whole of it. */
  readonly maximumObjects?: number;
  /** Only these fields are looked at. All, where absent. */
  readonly only?: (field: InputField) => boolean;
}

/** The field of the input that is most likely behind each change; those for which none is found are absent. */
export type Causes = ReadonlyMap<Difference | FieldChange, InputField>;

/**
 * Finds the fields of the input behind differences between an earlier output and that of the input as it is now. What
 * shapes a changed output is a candidate. One that would bring the earlier output back is taken first, then one that
 * shapes the least else. For a resource that is new or gone the difference itself has the cause.
 */
export function findCauses(
  differences: readonly Difference[],
  manifests: string | readonly Manifest[],
  scenario: Scenario = {},
  { scenarioFile, maximumFields = 400, maximumObjects = 500, only = () => true }: CauseOptions = {},
): Causes {
  const files = typeof manifests === 'string' ? [{ file: '<input>', text: manifests }] : manifests;
  if (differences.length === 0) return new Map();
  const variations = createVariations(files, scenario);
  if (variations.input.length > maximumObjects) return new Map();
  const objects = objectsToTry(differences, variations);
  const candidates = listInputFields(objects, { scenario, scenarioFile }).filter(({ field }) => only(field));
  if (candidates.length > maximumFields) return new Map();
  const tried = candidates.map((candidate): Tried => {
    const found = findVariations(candidate, variations);
    return { field: candidate.field, variations: found, reach: outputsOf(found).length };
  });
  return new Map(differences.flatMap((difference) => causesOfDifference(difference, tried)));
}

/** What keeps a resource out is not found by leaving objects out, so then any may be behind it. */
function objectsToTry(differences: readonly Difference[], variations: Variations): readonly InputObject[] {
  if (differences.some(({ kind }) => kind === 'removed')) return variations.input;
  const subjects = new Set(differences.map(({ section, name }) => `${section} ${name}`));
  return objectsBehind(({ section, name }) => subjects.has(`${section} ${name}`), variations);
}

interface Tried {
  readonly field: InputField;
  readonly variations: readonly Variation[];
  /** How many outputs it shapes. */
  readonly reach: number;
}

type Cause = readonly [Difference | FieldChange, InputField];

function causesOfDifference(difference: Difference, tried: readonly Tried[]): readonly Cause[] {
  if (difference.kind !== 'changed') {
    const resource = formatFieldPath([difference.section, difference.name]);
    const undone = difference.kind === 'added' ? 'removed' : 'added';
    const cause = mostTelling(tried, resource, ({ kind }) => kind === undone);
    return cause ? [[difference, cause]] : [];
  }
  return difference.changes.flatMap((change): readonly Cause[] => {
    const path = change.kind === 'removed' ? change.path.slice(0, -1) : change.path;
    const cause = mostTelling(tried, formatFieldPath(path), (variation) => undoes(variation, change));
    return cause ? [[change, cause]] : [];
  });
}

/**
 * First the fields that would undo the change, then those that change the output, last those without which the whole
 * resource would not be there; among equals the one that shapes the least else.
 */
function mostTelling(
  tried: readonly Tried[],
  output: string,
  undoes: (difference: Difference) => boolean,
): InputField | undefined {
  const ranked = tried.flatMap(({ field, variations, reach }) => {
    const touching = variations.flatMap(({ differences }) =>
      differences.filter((difference) => touchesDifference(difference, output)),
    );
    if (touching.length === 0) return [];
    const order = touching.some(undoes) ? 0 : touching.some(({ kind }) => kind === 'changed') ? 1 : 2;
    return [{ field, order, reach }];
  });
  return ranked.sort((left, right) => left.order - right.order || left.reach - right.reach)[0]?.field;
}

function undoes(variation: Difference, change: FieldChange): boolean {
  if (variation.kind === 'removed' || change.kind === 'reordered') return false;
  const start = { path: change.path.slice(0, 2), value: variation.after };
  const found = findInside(start, change.path.slice(2));
  if (change.kind === 'added') return found === undefined && findInside(start, change.path.slice(2, -1)) !== undefined;
  return found !== undefined && contentKey(found.value) === contentKey(change.before);
}
