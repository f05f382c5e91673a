import { changeLines } from './change-lines.ts';
import { causeText, type DifferenceReport, type ReportedGroup, type ReportOptions } from './difference-report.ts';

/** Differences for the terminal: what they mean, where, which fields, and which input is behind them. */
export function differencesText({ groups }: DifferenceReport, { verbose = false }: ReportOptions = {}): string {
  return groups.map((group) => `${groupLines(group, verbose).join('\n')}\n`).join('');
}

const shownResources = 5;
const shownChanges = 3;
const shownCauses = 2;

function groupLines({ text, resources, changes, causes }: ReportedGroup, verbose: boolean): readonly string[] {
  const most = (count: number): number => (verbose ? Number.POSITIVE_INFINITY : count);
  const [only, ...others] = resources;
  return [
    others.length === 0 ? `${text} (${only})` : text,
    ...(others.length === 0 ? [] : indent(shorten(resources, most(shownResources)))),
    ...indent(shorten(changeLines(changes), most(shownChanges)), '    '),
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
