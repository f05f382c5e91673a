import type { DiagnosticCode } from './diagnostic-code.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Names a resource the way `kubectl` does. Cluster-scoped resources have an empty namespace. */
export interface ResourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A place in a manifest. Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface SourceRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Something a user should know about the input. A user's mistake never throws: it becomes one of these.
 *
 * `path` is the field inside the resource, in the form `spec.ports[0].protocol`.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly resource?: ResourceReference;
  readonly path?: string;
  readonly range?: SourceRange;
  readonly related?: readonly {
    readonly message: string;
    readonly resource?: ResourceReference;
    readonly range?: SourceRange;
  }[];
  /** Equal codes of other tools (`IST0101`, `KIA0201`) and documentation links. */
  readonly seeAlso?: readonly string[];
}

/** The sink that stages hand down: reporting never interrupts a stage. */
export type Report = (diagnostic: Diagnostic) => void;
