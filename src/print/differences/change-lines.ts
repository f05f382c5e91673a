import type { FieldChange } from '../../diff/difference.ts';
import { formatFieldPath } from '../../model/field-path.ts';

/**
 * Each change on a line, below its resource: `connectTimeout: 3s → 5s`. Changes that several resources share are said
 * once; those of single values come first, whole parts say less.
 */
export function changeLines(changes: readonly FieldChange[]): readonly string[] {
  const [values, parts] = [changes.filter(isOfValue), changes.filter((change) => !isOfValue(change))];
  return [...new Set([...values, ...parts].map(changeLine))];
}

/** The same without whole parts, where there is something to say without them. */
export function valueLines(changes: readonly FieldChange[]): readonly string[] {
  const values = changes.filter(isOfValue);
  return changeLines(values.length > 0 ? values : changes);
}

function isOfValue(change: FieldChange): boolean {
  return [('before' in change && change.before) ?? '', ('after' in change && change.after) ?? ''].every(
    (value) => typeof value !== 'object',
  );
}

function changeLine(change: FieldChange): string {
  const field = formatFieldPath(change.path.slice(2));
  switch (change.kind) {
    case 'added':
      return `${field}: + ${valueText(change.after)}`;
    case 'removed':
      return `${field}: - ${valueText(change.before)}`;
    case 'changed':
      return `${field}: ${valueText(change.before)} → ${valueText(change.after)}`;
    case 'reordered':
      return `${field}: order ${change.before.join(', ')} → ${change.after.join(', ')}`;
  }
}

const longest = 120;

/** A value on one line. */
function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
