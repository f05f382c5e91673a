import type { Severity } from '../../model/diagnostic.ts';
import { type PrintDiagnostics, subjectOf } from './diagnostic-format.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands that GitHub shows as annotations.
 * Documented at https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const printGithub: PrintDiagnostics = (diagnostics) =>
  diagnostics
    .map((diagnostic) => {
      const { code, severity, message, range } = diagnostic;
      const properties = {
        ...(range && {
          file: range.file,
          line: range.line,
          endLine: range.endLine,
          col: range.column,
          ...(range.endLine === range.line && { endColumn: range.endColumn }),
        }),
        title: `${code}${diagnostic.resource ? `: ${subjectOf(diagnostic)}` : ''}`,
      };
      const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
      return `::${commands[severity]} ${written.join(',')}::${escapeData(message)}\n`;
    })
    .join('');

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
