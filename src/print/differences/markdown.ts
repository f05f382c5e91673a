import { type Section, sections } from '../../diff/difference.ts';
import { changeLines } from './change-lines.ts';
import { audienceText, type Cause, causeText, type DifferenceReport, type ReportedGroup } from './difference-report.ts';
import { mergeGroups } from './merge-groups.ts';

const titles: Readonly<Record<Section, string>> = {
  clusters: 'Clusters',
  listeners: 'Listeners',
  routes: 'Routes',
  endpoints: 'Endpoints',
  names: 'DNS names',
};

const shownResources = 20;
const shownChanges = 50;

/** Differences for a pull request or a job summary: meanings in sight, fields folded below them. */
export function differencesMarkdown({ groups }: DifferenceReport): string {
  return sections
    .map((section) => ({ section, found: mergeGroups(groups).filter((group) => group.section === section) }))
    .filter(({ found }) => found.length > 0)
    .map(({ section, found }) => `### ${titles[section]}\n\n${found.map(groupItem).join('').trimEnd()}\n`)
    .join('\n');
}

function groupItem(group: ReportedGroup): string {
  const { text, resources, changes, causes } = group;
  const lines = shorten(changeLines(changes), shownChanges);
  const fence = '`'.repeat(Math.max(3, longestTicks(lines.join('\n')) + 1));
  return [
    `- ${escapeMarkdown(text + audienceText(group))}${causes.length > 0 ? ` (${causes.map(causeLink).join(', ')})` : ''}`,
    '',
    `  <details><summary>${resources.length === 1 ? escapeHtml(resources[0] ?? '') : `${resources.length} resources`}</summary>`,
    '',
    ...(resources.length > 1 ? [`  ${list(resources, shownResources)}`, ''] : []),
    ...(lines.length > 0 ? [...[fence, ...lines, fence].map((line) => `  ${line}`), ''] : []),
    '  </details>',
    '',
    '',
  ].join('\n');
}

function causeLink(cause: Cause): string {
  return code(causeText(cause));
}

function list(names: readonly string[], most: number): string {
  return shorten(names.map(code), most).join(', ');
}

function shorten(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `… and ${lines.length - most} more`];
}

/** Inline code may hold backticks between longer ones. */
function code(text: string): string {
  const longest = longestTicks(text);
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_<>[\]|`]/g, (character) => `\\${character}`);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
