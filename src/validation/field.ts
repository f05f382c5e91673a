import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import { type FieldPath, formatFieldPath } from '../model/field-path.ts';

/** What the admission webhook says of one field. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** For example `spec.ports[0].protocol`. */
  readonly path: string;
  /** Says what is wrong and what to change. */
  readonly message: string;
  /** Where the mistake has a code of its own. */
  readonly code?: DiagnosticCode;
}

/**
 * A place in a resource, and the way to report what is wrong there.
 *
 * Validators get a value and its field. The path is written out only when there is something to report,
 * because nearly all fields of nearly all resources are fine.
 */
export class Field {
  private readonly problems: Problem[];
  private readonly parent: Field | undefined;
  private readonly key: string | number;
  private readonly hearsWarnings: boolean;

  private constructor(problems: Problem[], parent: Field | undefined, key: string | number, hearsWarnings: boolean) {
    this.problems = problems;
    this.parent = parent;
    this.key = key;
    this.hearsWarnings = hearsWarnings;
  }

  /** The resource as a whole; what is reported below it lands in `problems`. */
  static root(problems: Problem[]): Field {
    return new Field(problems, undefined, '', true);
  }

  at(key: string | number): Field {
    return new Field(this.problems, this, key, this.hearsWarnings);
  }

  /**
   * The same place, deaf to warnings: istiod joins the results of several nested checks as plain errors
   * and loses their warnings, for example those of a subset's traffic policy.
   */
  withoutWarnings(): Field {
    return new Field(this.problems, this.parent, this.key, false);
  }

  refuse(message: string, code?: DiagnosticCode): void {
    this.problems.push({ severity: 'error', path: this.path(), message, ...(code && { code }) });
  }

  /** Refuses where a check found a problem. */
  refuseIf(problem: string | undefined): void {
    if (problem !== undefined) this.refuse(problem);
  }

  warn(message: string, code?: DiagnosticCode): void {
    if (!this.hearsWarnings) return;
    this.problems.push({ severity: 'warning', path: this.path(), message, ...(code && { code }) });
  }

  private path(): string {
    return formatFieldPath(this.keys());
  }

  private keys(): FieldPath {
    return this.parent === undefined ? [] : [...this.parent.keys(), this.key];
  }
}

/** Calls `check` with each item and its field. */
export function forEachItem<T>(
  items: readonly T[] | undefined,
  field: Field,
  check: (item: T, field: Field, index: number) => void,
): void {
  if (items === undefined) return;
  for (let index = 0; index < items.length; index++) check(items[index] as T, field.at(index), index);
}

/** Calls `check` with each key, value and field of a map. */
export function forEachEntry<T>(
  map: Readonly<Record<string, T>> | undefined,
  field: Field,
  check: (key: string, value: T, field: Field) => void,
): void {
  if (map === undefined) return;
  for (const [key, value] of Object.entries(map)) check(key, value, field.at(key));
}
