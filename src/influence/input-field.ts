import type { ResourceReference, SourceRange } from '../model/diagnostic.ts';

/** One field of the input that holds no other fields. */
export interface InputField {
  /** Absent for a field of the scenario. */
  readonly resource?: ResourceReference;
  /** Inside the resource, or inside the scenario: `spec.ports[0].protocol`, `proxy.metadata.DNS_CAPTURE`. */
  readonly path: string;
  readonly value: unknown;
  /** Where it stands; absent for a scenario that was not read from a file. Found when it is first read. */
  readonly range?: SourceRange;
}
