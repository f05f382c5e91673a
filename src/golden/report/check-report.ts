import { countOf } from '../../print/count-of.ts';
import type { CheckResult, ViewResult } from '../check-cases.ts';

/** How a report is written. */
export type PrintCheck = (result: CheckResult) => string;

/** Those that are not as their files say. */
export function failedViews({ views }: Pick<CheckResult, 'views'>): readonly ViewResult[] {
  return views.filter(({ files }) => files.length > 0);
}

export function isClean(result: CheckResult): boolean {
  return failedViews(result).length === 0 && result.orphans.length === 0;
}

/** Whether a file differs, but no resource, explanation or diagnostic. */
export function hasOnlyForm({ files, report, lines }: ViewResult): boolean {
  return files.some(({ state }) => state === 'stale') && report.groups.length === 0 && lines.length === 0;
}

export const onlyForm = 'Only the order or the form of the files differs.';

export function tally(result: CheckResult): string {
  const files = failedViews(result).reduce((sum, view) => sum + view.files.length, result.orphans.length);
  return `${countOf(result.cases, 'case')}, ${countOf(files, 'file')} ${files === 1 ? 'differs' : 'differ'}`;
}

export function advice({ root }: CheckResult): string {
  return `If this is what you meant, run "xdsim golden update ${root}" and commit the result.`;
}

/** `clusters.yaml stale, routes.yaml missing` */
export function fileStates({ files }: ViewResult): string {
  return files.map(({ file, state }) => `${file.slice(file.lastIndexOf('/') + 1)} ${state}`).join(', ');
}
