import { diff } from '../diff/diff.ts';
import type { Difference, FieldChange } from '../diff/difference.ts';
import { formatFieldPath } from '../model/field-path.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { escapeHtml } from './escape-html.ts';

export interface ComparedVersions {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly versions: readonly [before: string, after: string];
}

const shownCharacters = 300;

/** What another Istio version sends otherwise, resource by resource. */
export function renderDifferences({ before, after, versions }: ComparedVersions): string {
  const title = `Istio ${versions[0]} against ${versions[1]}`;
  const differences = diff(before, after);
  const body =
    differences.length === 0
      ? '<p>Both send the same.</p>'
      : `<ul>${differences.map((difference) => renderDifference(difference, versions)).join('')}</ul>`;
  return `<section class="xdsim-differences" aria-label="${escapeHtml(title)}"><p><strong>${escapeHtml(title)}</strong></p>${body}</section>`;
}

function renderDifference(difference: Difference, [from, to]: ComparedVersions['versions']): string {
  const name = `<code>${escapeHtml(difference.name)}</code> <small>${difference.section}</small>`;
  switch (difference.kind) {
    case 'added':
      return `<li>${name}: only in ${escapeHtml(to)}</li>`;
    case 'removed':
      return `<li>${name}: only in ${escapeHtml(from)}</li>`;
    case 'changed':
      return `<li>${name}<ul>${difference.changes.map(renderChange).join('')}</ul></li>`;
  }
}

function renderChange(change: FieldChange): string {
  const before = change.kind === 'added' ? 'absent' : valueText(change.before);
  const after = change.kind === 'removed' ? 'absent' : valueText(change.after);
  return `<li><code>${escapeHtml(formatFieldPath(change.path.slice(2)))}</code>: <code>${escapeHtml(before)}</code> → <code>${escapeHtml(after)}</code></li>`;
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text;
}
