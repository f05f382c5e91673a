import { changeLines, valueLines } from './change-lines.ts';
import {
  audienceText,
  causeText,
  type DifferenceReport,
  type ReportedGroup,
  type ReportOptions,
} from './difference-report.ts';
import { mergeGroups } from './merge-groups.ts';

/** Differences for the terminal: what they mean, where, which fields, and which input is behind them. */
export function differencesText({ groups }: DifferenceReport, { verbose = false }: ReportOptions = {}): string {
  return mergeGroups(groups)
    .map((group) => `${groupLines(group, verbose).join('\n')}\n`)
    .join('');
}

const shownResources = 5;
const shownChanges = 3;
const shownCauses = 2;

function groupLines(group: ReportedGroup, verbose: boolean): readonly string[] {
  const { text, resources, changes, causes } = group;
  const most = (count: number): number => (verbose ? Number.POSITIVE_INFINITY : count);
  const [only, ...others] = resources;
  return [
    `${text}${others.length === 0 ? ` (${only})` : ''}${audienceText(group)}`,
    ...(others.length === 0 ? [] : indent(shorten(resources, most(shownResources)))),
    ...indent(verbose ? changeLines(changes) : shorten(valueLines(changes), shownChanges), '    '),
    ...indent(shorten(causes.map(causeText), most(shownCauses)), '  ← '),
  ];
}

function shorten(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most), `… and ${lines.length - most} more`];
}

function indent(lines: readonly string[], by = '  '): readonly string[] {
  return lines.map((line) => `${by}${line}`);
}
