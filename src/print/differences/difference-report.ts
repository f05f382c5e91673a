import type { DifferenceGroup } from '../../diff/group-differences.ts';
import type { ResourceReference, SourceRange } from '../../model/diagnostic.ts';

/** Differences by meaning, ready to be shown. */
export interface DifferenceReport {
  readonly groups: readonly ReportedGroup[];
}

export interface ReportedGroup extends DifferenceGroup {
  /** The input that is most likely behind it. */
  readonly causes: readonly Cause[];
  /** Which proxies see it, in words; absent where all do. */
  readonly audience?: string;
}

/** A field of the input. */
export interface Cause {
  /** Absent for a field of the scenario. */
  readonly resource?: ResourceReference;
  readonly path: string;
  readonly value?: unknown;
  readonly range?: SourceRange;
}

export interface ReportOptions {
  /** Shows every resource and field instead of the first ones. */
  readonly verbose?: boolean;
}

export function causeText({ resource, path, range }: Cause): string {
  const place = range ? `${range.file}:${range.line} ` : '';
  const subject = resource
    ? `${resource.kind} ${resource.namespace ? `${resource.namespace}/` : ''}${resource.name}`
    : 'scenario';
  return `${place}${subject} ${path}`;
}

/** ` seen from payments`; empty where all see it. */
export function audienceText({ audience }: ReportedGroup): string {
  return audience === undefined ? '' : `, seen from ${audience}`;
}
