import { githubCommand } from '../../print/diagnostics/github.ts';
import type { ReportedGroup } from '../../print/differences/difference-report.ts';
import { mergeGroups } from '../../print/differences/merge-groups.ts';
import { differencesText } from '../../print/differences/text.ts';
import type { ViewResult } from '../check-cases.ts';
import { failedViews, fileStates, hasOnlyForm, onlyForm, type PrintCheck } from './check-report.ts';

/** Annotations that GitHub shows beside the line of the input that is behind a difference. */
export const printCheckGithub: PrintCheck = (result) =>
  [
    ...failedViews(result).flatMap(viewCommands),
    ...result.orphans.map((file) => command({ file }, 'Golden file without case', `${file} belongs to no case.`)),
  ].join('');

function viewCommands(view: ViewResult): readonly string[] {
  const [first] = view.files;
  const file = first?.file ?? view.folder;
  const title = `Golden files: ${fileStates(view)}`;
  const others = hasOnlyForm(view) ? [onlyForm] : view.lines.length > 0 ? [view.lines.join('\n')] : [];
  return [
    ...mergeGroups(view.report.groups).map((group) => groupCommand(group, { file, title })),
    ...others.map((text) => command({ file }, title, text)),
  ];
}

interface Fallback {
  readonly file: string;
  readonly title: string;
}

function groupCommand(group: ReportedGroup, { file, title }: Fallback): string {
  const [cause] = group.causes;
  const text = differencesText({ groups: [group] }).trimEnd();
  if (cause?.range === undefined) return command({ file }, title, text);
  const { range } = cause;
  return command({ file: range.file, line: range.line, endLine: range.endLine }, title, text);
}

function command(place: Readonly<Record<string, string | number>>, title: string, text: string): string {
  return githubCommand('error', { ...place, title }, text);
}
