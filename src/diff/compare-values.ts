import type { FieldPath } from '../model/field-path.ts';
import { contentKey } from './content-key.ts';
import type { FieldChange } from './difference.ts';
import { isEqual } from './is-equal.ts';
import { type ListRule, listRuleOf } from './list-rules.ts';
import { pairItems } from './pair-items.ts';
import { stepsInto } from './steps-into.ts';

/** Every field below `path` that differs between two JSON values. */
export function compareValues(before: unknown, after: unknown, path: FieldPath): readonly FieldChange[] {
  if (isEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  if (isObject(before) && isObject(after) && before['@type'] === after['@type'])
    return compareObjects(before, after, path);
  return contentKey(before) === contentKey(after) ? [] : [{ kind: 'changed', path, before, after }];
}

type JsonMap = Readonly<Record<string, unknown>>;

function compareObjects(before: JsonMap, after: JsonMap, path: FieldPath): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [key, value] of Object.entries(before)) {
    const inner = [...path, key];
    if (!Object.hasOwn(after, key)) changes.push({ kind: 'removed', path: inner, before: value });
    else for (const change of compareValues(value, after[key], inner)) changes.push(change);
  }
  for (const [key, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, key)) changes.push({ kind: 'added', path: [...path, key], after: value });
  }
  return changes;
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: FieldPath): readonly FieldChange[] {
  const rule = listRuleOf(path, [...before, ...after]);
  if (rule === 'value')
    return contentKey(before) === contentKey(after) ? [] : [{ kind: 'changed', path, before, after }];

  const { pairs, removed, added } = pairItems(before, after, rule);
  const stepsBefore = stepsInto(before, path);
  const stepsAfter = stepsInto(after, path);
  const pathTo = (steps: readonly (string | number)[], index: number): FieldPath => [...path, steps[index] ?? index];
  return [
    ...pairs.flatMap(([left, right]) => compareValues(before[left], after[right], pathTo(stepsAfter, right))),
    ...removed.map(
      (left): FieldChange => ({
        kind: 'removed',
        path: pathTo(stepsBefore, left),
        before: before[left],
      }),
    ),
    ...added.map((right): FieldChange => ({ kind: 'added', path: pathTo(stepsAfter, right), after: after[right] })),
    ...compareOrder({ pairs, rule, path, stepsAfter }),
  ];
}

interface Ordering {
  readonly pairs: readonly (readonly [number, number])[];
  readonly rule: ListRule;
  readonly path: FieldPath;
  readonly stepsAfter: readonly (string | number)[];
}

function compareOrder({ pairs, rule, path, stepsAfter }: Ordering): readonly FieldChange[] {
  const inOrderBefore = [...pairs].sort(([left], [right]) => left - right).map(([, right]) => right);
  if (!rule.ordered || inOrderBefore.every((right, i) => i === 0 || right > (inOrderBefore[i - 1] ?? -1))) return [];
  const label = (index: number): string => String(stepsAfter[index] ?? index);
  const inOrderAfter = [...inOrderBefore].sort((left, right) => left - right);
  return [{ kind: 'reordered', path, before: inOrderBefore.map(label), after: inOrderAfter.map(label) }];
}

function isObject(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
