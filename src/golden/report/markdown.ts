import { countOf } from '../../print/count-of.ts';
import { differencesMarkdown } from '../../print/differences/markdown.ts';
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

/** For a job summary or a comment on a pull request. */
export const printCheckMarkdown: PrintCheck = (result) => {
  if (isClean(result)) return `Golden files: ${countOf(result.cases, 'case')}, nothing differs.\n`;
  return [
    `# Golden files: ${tally(result)}\n`,
    `${advice(result)}\n`,
    ...failedViews(result).map(viewSection),
    ...(result.orphans.length > 0
      ? [`## Files without case\n\n${result.orphans.map((file) => `- ${file}\n`).join('')}`]
      : []),
  ].join('\n');
};

function viewSection(view: ViewResult): string {
  const head = `## ${view.folder}\n\n${fileStates(view)}\n`;
  if (hasOnlyForm(view)) return `${head}\n${onlyForm}\n`;
  const lines = view.lines.length === 0 ? '' : `\n\`\`\`\`diff\n${view.lines.join('\n')}\n\`\`\`\`\n`;
  return `${head}\n${differencesMarkdown(view.report)}${lines}`;
}
