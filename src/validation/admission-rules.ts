import type { FieldPath } from '../model/field-path.ts';
import type { ApplyTo } from '../model/istio/envoy-filter.ts';
import type { JsonObject } from '../model/istio/schema.ts';
import type { Metadata } from '../model/resource.ts';
import { type Profile, selectProfile } from '../profiles/profile.ts';

export interface PatchProblem {
  /** A warning where istiod leaves out what it does not know. */
  readonly severity: 'error' | 'warning';
  /** Inside the value. */
  readonly path: FieldPath;
  readonly message: string;
}

/** Says what in the value of a patch is not as Envoy's API has it. */
export type PatchCheck = (applyTo: ApplyTo, value: JsonObject) => readonly PatchProblem[];

/** What the admission webhook of one Istio version, configured in one way, takes. */
export interface AdmissionRules {
  /** PILOT_ENABLE_IP_AUTOALLOCATE: without it, TCP ports need addresses to be told apart. */
  readonly statefulAllocation: boolean;
  /** How the version of Istio differs from others. */
  readonly profile: Profile;
  /** Checks a patch with the schema of Envoy's API, which is only loaded where there are EnvoyFilters. */
  readonly checkPatch: PatchCheck;
}

/** How istiod is run. */
export interface AdmissionOptions {
  /** That of Istio 1.30 by default. */
  readonly profile?: Profile;
  /** On by default. */
  readonly statefulAllocation?: boolean;
  /** By default, the values of patches are not checked. */
  readonly checkPatch?: PatchCheck;
}

export function selectAdmissionRules(options: AdmissionOptions): AdmissionRules {
  const { profile = selectProfile('1.30'), statefulAllocation = true, checkPatch = () => [] } = options;
  return { statefulAllocation, checkPatch, profile };
}

/** What a validator needs to know besides the resource's spec. */
export interface Admission {
  readonly metadata: Metadata;
  readonly rules: AdmissionRules;
}
