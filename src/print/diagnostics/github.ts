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
      return githubCommand(commands[severity], properties, message);
    })
    .join('');

/** One workflow command on a line of its own. */
export function githubCommand(
  command: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${command} ${written.join(',')}::${escapeData(message)}\n`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
