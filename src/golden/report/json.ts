import { failedViews, isClean, type PrintCheck } from './check-report.ts';

/** For programs. */
export const printCheckJson: PrintCheck = (result) => {
  const { root, cases, orphans } = result;
  const views = failedViews(result).map(({ folder, files, report, lines }) => ({ folder, files, ...report, lines }));
  return `${JSON.stringify({ root, cases, clean: isClean(result), views, orphans }, null, 2)}\n`;
};
