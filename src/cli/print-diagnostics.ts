import type { Diagnostic } from '../model/diagnostic.ts';
import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import { exitStatus } from './exit-status.ts';

/** Diagnostics that mean a document could not be read and was left out. */
const unreadable: ReadonlySet<string> = new Set<DiagnosticCode>([
  'alias-limit',
  'invalid-encoding',
  'nesting-limit',
  'size-limit',
  'yaml-syntax',
]);

export const isUnreadable = ({ code }: Diagnostic): boolean => unreadable.has(code);

/** Writes diagnostics to standard error, one a line, in the form `file:line:column: severity: message [code]`. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${diagnosticLine(diagnostic)}\n`);
}

export function diagnosticLine({ code, severity, message, range, resource, path }: Diagnostic): string {
  const place = range ? `${range.file}:${range.line}:${range.column}: ` : '';
  const subject = resource && `${resource.kind} ${resource.namespace ? `${resource.namespace}/` : ''}${resource.name}`;
  // Many messages name the resource or the field themselves; once is enough.
  const named = [subject, path].flatMap((name) => (name && !message.includes(name) ? `${name}: ` : []));
  return `${place}${severity}: ${named.join('')}${message} [${code}]`;
}

export function statusOf(diagnostics: readonly Diagnostic[]): number {
  if (diagnostics.some(isUnreadable)) return exitStatus.unusable;
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? exitStatus.findings : exitStatus.clean;
}
