import { differencesText } from '../../print/differences/text.ts';
import type { ViewResult } from '../check-cases.ts';
import {
  advice,
  failedViews,
  fileStates,
  hasOnlyForm,
  isClean,
  onlyForm,
  type PrintCheck,
  tally,
} from './check-report.ts';

/** For the terminal: which files, what their differences mean, and which line of the input is behind them. */
export const printCheckText: PrintCheck = (result) =>
  [
    ...failedViews(result).map(
      (view) => `${view.folder}: ${fileStates(view)}\n${viewText(view).replace(/^(?=.)/gm, '  ')}`,
    ),
    ...result.orphans.map((file) => `${file}: orphaned\n`),
    `${tally(result)}\n`,
    ...(isClean(result) ? [] : [`${advice(result)}\n`]),
  ].join('');

/** What differs in one view, without its name. */
export function viewText(view: ViewResult): string {
  if (hasOnlyForm(view)) return `${onlyForm}\n`;
  return `${differencesText(view.report)}${view.lines.map((line) => `${line}\n`).join('')}`;
}
