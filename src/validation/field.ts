import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import { formatFieldPath } from '../model/field-path.ts';

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

/** The keys that lead to a field, the last one first. */
interface Way {
  readonly key: string | number;
  readonly from: Way | undefined;
}

/**
 * A place in a resource, and the way to report what is wrong there. Validators get a value and its field.
 *
 * Nearly all fields of nearly all resources are fine. So a resource is first looked at with one field that stands for
 * all of its places; only where that reports something the resource is looked at again, to learn where.
 */
export class Field {
  private readonly problems: Problem[];
  /** Null for one that stands for all places. */
  private readonly way: Way | undefined | null;
  private readonly hearsWarnings: boolean;

  private constructor(problems: Problem[], way: Way | undefined | null, hearsWarnings: boolean) {
    this.problems = problems;
    this.way = way;
    this.hearsWarnings = hearsWarnings;
  }

  /** The resource as a whole; what is reported below it lands in `problems`. */
  static root(problems: Problem[]): Field {
    return new Field(problems, undefined, true);
  }

  /** Stands for all places of any resource: what it reports has no path. */
  static anywhere(problems: Problem[]): Field {
    return new Field(problems, null, true);
  }

  at(key: string | number): Field {
    return this.way === null ? this : new Field(this.problems, { key, from: this.way }, this.hearsWarnings);
  }

  /**
   * The same place, deaf to warnings: istiod joins the results of several nested checks as plain errors
   * and loses their warnings, for example those of a subset's traffic policy.
   */
  withoutWarnings(): Field {
    return this.hearsWarnings ? new Field(this.problems, this.way, false) : this;
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
    const keys: (string | number)[] = [];
    for (let way = this.way; way; way = way.from) keys.push(way.key);
    return formatFieldPath(keys.reverse());
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
  for (const key in map) check(key, map[key] as T, field.at(key));
}
