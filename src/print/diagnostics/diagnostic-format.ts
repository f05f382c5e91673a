import type { Diagnostic } from '../../model/diagnostic.ts';
import type { DiagnosticCode } from '../../model/diagnostic-code.ts';

/** What printing diagnostics takes beside them. */
export interface DiagnosticsContext {
  /** The files that were read, to show the lines. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** What is known of the codes, in alphabetical order. */
  readonly codes: readonly {
    readonly code: DiagnosticCode;
    readonly summary: string;
    readonly documentation: string;
    readonly page: string;
    readonly seeAlso?: readonly string[];
  }[];
  readonly toolVersion: string;
}

export type PrintDiagnostics = (diagnostics: readonly Diagnostic[], context: DiagnosticsContext) => string;

export function subjectOf({ resource }: Pick<Diagnostic, 'resource'>): string {
  if (!resource) return '';
  return `${resource.kind} ${resource.namespace ? `${resource.namespace}/` : ''}${resource.name}`;
}
