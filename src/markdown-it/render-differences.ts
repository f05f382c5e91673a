import { diff } from '../diff/diff.ts';
import type { FieldChange } from '../diff/difference.ts';
import { type DifferenceGroup, groupDifferences } from '../diff/group-differences.ts';
import { formatFieldPath } from '../model/field-path.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { escapeHtml } from './escape-html.ts';

export interface ComparedVersions {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly versions: readonly [before: string, after: string];
}

const shownCharacters = 300;

/** What another Istio version sends otherwise, by meaning. */
export function renderDifferences({ before, after, versions }: ComparedVersions): string {
  const title = `From Istio ${versions[0]} to ${versions[1]}`;
  const groups = groupDifferences(diff(before, after));
  const body = groups.length === 0 ? '<p>Both send the same.</p>' : `<ul>${groups.map(renderGroup).join('')}</ul>`;
  return `<section class="xdsim-differences" aria-label="${escapeHtml(title)}"><p><strong>${escapeHtml(title)}</strong></p>${body}</section>`;
}

function renderGroup({ text, resources, changes }: DifferenceGroup): string {
  const names = resources.map((name) => `<code>${escapeHtml(name)}</code>`).join(' ');
  const fields =
    changes.length === 0
      ? ''
      : `<details><summary>Fields</summary><ul>${changes.map(renderChange).join('')}</ul></details>`;
  return `<li>${escapeHtml(text)}: ${names}${fields}</li>`;
}

function renderChange(change: FieldChange): string {
  const before = change.kind === 'added' ? 'absent' : valueText(change.before);
  const after = change.kind === 'removed' ? 'absent' : valueText(change.after);
  return `<li><code>${escapeHtml(formatFieldPath(change.path.slice(1)))}</code>: <code>${escapeHtml(before)}</code> → <code>${escapeHtml(after)}</code></li>`;
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text;
}
