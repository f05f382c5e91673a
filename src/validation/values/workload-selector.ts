import { type Field, forEachEntry } from '../field.ts';

/**
 * Checks the labels of a workload selector: `labels` in networking kinds, `matchLabels` in security and telemetry kinds.
 * `field` is that of the labels.
 */
export function validateSelectorLabels(labels: Readonly<Record<string, string>> | undefined, field: Field): void {
  forEachEntry(labels, field, (key, value, entry) => {
    if (key === '') entry.refuse('A selector cannot have an empty label name.');
    if (key.includes('*') || value.includes('*')) entry.refuse(`A selector cannot have wildcards: "${key}: ${value}".`);
  });
  if (Object.keys(labels ?? {}).length === 0) {
    field.warn('The selector has no labels, so it selects all workloads of the namespace; add labels or remove it.');
  }
}
