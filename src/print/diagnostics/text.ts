import type { Diagnostic, SourceRange } from '../../model/diagnostic.ts';
import { countOf } from '../count-of.ts';
import { type PrintDiagnostics, subjectOf } from './diagnostic-format.ts';

/** For people: grouped by file, each with its line of source and a caret under the field. */
export const printText: PrintDiagnostics = (diagnostics, { files }) => {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = lines.get(file) ?? (texts.get(file) ?? '').split(/\r?\n/);
    lines.set(file, known);
    return known;
  };
  const groups = groupByFile(diagnostics);
  const parts = [...groups].map(([file, group]) => {
    const printed = group.map((diagnostic) => printOne(diagnostic, linesOf));
    return `${file === '' ? '' : `${file}\n\n`}${printed.join('\n')}`;
  });
  return [...parts, `${tally(diagnostics)}\n`].join('\n');
};

function groupByFile(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const file = diagnostic.range?.file ?? '';
    const group = groups.get(file);
    if (group) group.push(diagnostic);
    else groups.set(file, [diagnostic]);
  }
  for (const group of groups.values()) group.sort((left, right) => (left.range?.line ?? 0) - (right.range?.line ?? 0));
  return groups;
}

function printOne(diagnostic: Diagnostic, linesOf: (file: string) => readonly string[]): string {
  const { code, severity, message, range, path, related = [], seeAlso = [] } = diagnostic;
  const place = range ? `  ${range.line}:${range.column}` : ' ';
  const field = path && path !== 'metadata.name' ? `, ${path}` : '';
  const heading = `${place}  ${severity}  ${code}${diagnostic.resource ? `  ${subjectOf(diagnostic)}${field}` : ''}\n`;
  const excerpt = range ? excerptOf(range, linesOf(range.file)) : '';
  const others = related.map((one) => `      ${relatedLine(one)}\n`).join('');
  const references = seeAlso.length > 0 ? `      see ${seeAlso.join(', ')}\n` : '';
  return `${heading}${excerpt}      ${message}\n${others}${references}`;
}

const longestExcerpt = 160;

function excerptOf({ line, column, endLine, endColumn }: SourceRange, lines: readonly string[]): string {
  const text = lines[line - 1];
  if (text === undefined || text.length > longestExcerpt) return '';
  const number = String(line);
  const width = Math.max(1, (endLine === line ? endColumn : text.length + 1) - column);
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `      ${number} | ${text}\n      ${' '.repeat(number.length)} | ${indent}${'^'.repeat(width)}\n`;
}

function relatedLine({ message, resource, range }: NonNullable<Diagnostic['related']>[number]): string {
  const place = range ? ` (${range.file}:${range.line})` : '';
  return `related: ${resource ? `${subjectOf({ resource })}: ` : ''}${message}${place}`;
}

function tally(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  if (diagnostics.length === 0) return 'Nothing to report.';
  return [countOf(count('error'), 'error'), countOf(count('warning'), 'warning'), `${count('info')} info`].join(', ');
}
