import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import type { HostOverlaps } from '../model/host-overlaps.ts';
import type { Kind, Resource, ResourceOf } from '../model/resource.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Mesh } from '../registry/mesh.ts';
import type { Look } from './look.ts';
import type { OtherVersions } from './other-versions.ts';

/** What a page of the documentation says of a code. */
export interface CodeDescription {
  readonly code: DiagnosticCode;
  /** A paragraph: what happens at run time, why, and what to do. */
  readonly documentation: string;
  /** Equal codes of `istioctl analyze` (IST0134) and Kiali (KIA0201). */
  readonly seeAlso?: readonly string[];
}

/** One thing that lint looks for. `inMesh` is asked once, `fromProxy` once for each kind of proxy. */
export interface Rule extends CodeDescription {
  readonly severity: Severity;
  readonly inMesh?: (context: MeshContext) => Iterable<Finding>;
  readonly fromProxy?: (look: Look) => Iterable<Finding>;
}

/** What a rule finds; its place in the file is looked up later. */
export interface Finding {
  /** Absent for what no resource says, but the scenario. */
  readonly resource?: Pick<Resource, 'kind' | 'metadata'>;
  /** `spec.ports[0].protocol` */
  readonly path?: string;
  /** What happens at run time, and what to change. */
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly related?: Diagnostic['related'];
  /** Where it differs from the rule's. */
  readonly seeAlso?: readonly string[];
}

/** What is the same for all proxies. */
export interface MeshContext {
  readonly mesh: Mesh;
  readonly scenario: Scenario;
  readonly looks: readonly Look[];
  readonly otherVersions: OtherVersions;
  /** The hosts of all services. */
  readonly hosts: HostOverlaps;
  /** All that could be read, in the order of the input. */
  readonly resources: readonly Resource[];
  /**
   * Those of one kind, with the ones that the webhook refuses: their author wants to hear of every mistake at once, not of
   * the next one when the first is corrected.
   */
  written<K extends Kind>(kind: K): readonly ResourceOf<K>[];
}
