import type { FieldPath } from '../model/field-path.ts';
import type { ApplyTo } from '../model/istio/envoy-filter.ts';
import type { JsonObject } from '../model/istio/schema.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Metadata } from '../model/resource.ts';
import type { IstioVersion } from '../model/scenario.ts';

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
  readonly dynamicDnsProtocols: readonly Protocol[];
  /** Whether a DYNAMIC_DNS entry may be MESH_INTERNAL, as long as no waypoint serves it. */
  readonly dynamicDnsMayBeInternal: boolean;
  /** Whether `~namespace/host` takes a namespace out of a Sidecar's egress. */
  readonly sidecarExcludesNamespaces: boolean;
  /** A slow start's aggression must be at least 1, or only above 0. */
  readonly aggressionBelowOne: boolean;
  /** Whether a patch may be merged so that its lists take the place of others. */
  readonly mergesAndReplacesLists: boolean;
  /** Patterns longer than this are not compiled, so they cannot be refused. */
  readonly longestProxyVersionPattern: number;
  /** Checks a patch with the schema of Envoy's API, which is only loaded where there are EnvoyFilters. */
  readonly checkPatch: PatchCheck;
}

/** How istiod is run. */
export interface AdmissionOptions {
  /** `1.30` by default. */
  readonly istioVersion?: IstioVersion;
  /** On by default. */
  readonly statefulAllocation?: boolean;
  /** By default, the values of patches are not checked. */
  readonly checkPatch?: PatchCheck;
}

const rulesOf: Readonly<Record<IstioVersion, Omit<AdmissionRules, 'statefulAllocation' | 'checkPatch'>>> = {
  '1.29': {
    dynamicDnsProtocols: ['HTTP', 'TLS'],
    dynamicDnsMayBeInternal: false,
    sidecarExcludesNamespaces: false,
    aggressionBelowOne: false,
    mergesAndReplacesLists: false,
    longestProxyVersionPattern: Number.POSITIVE_INFINITY,
  },
  '1.30': {
    dynamicDnsProtocols: ['HTTP', 'TLS', 'GRPC', 'HTTP2'],
    dynamicDnsMayBeInternal: true,
    sidecarExcludesNamespaces: false,
    aggressionBelowOne: false,
    mergesAndReplacesLists: false,
    longestProxyVersionPattern: Number.POSITIVE_INFINITY,
  },
  '1.31': {
    dynamicDnsProtocols: ['HTTP', 'TLS', 'GRPC', 'HTTP2'],
    dynamicDnsMayBeInternal: true,
    sidecarExcludesNamespaces: true,
    aggressionBelowOne: true,
    mergesAndReplacesLists: true,
    longestProxyVersionPattern: 1024,
  },
};

export function selectAdmissionRules(options: AdmissionOptions): AdmissionRules {
  const { istioVersion = '1.30', statefulAllocation = true, checkPatch = () => [] } = options;
  return { statefulAllocation, checkPatch, ...rulesOf[istioVersion] };
}

/** What a validator needs to know besides the resource's spec. */
export interface Admission {
  readonly metadata: Metadata;
  readonly rules: AdmissionRules;
}
