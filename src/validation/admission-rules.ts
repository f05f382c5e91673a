import type { ApplyTo } from '../model/istio/envoy-filter.ts';
import type { JsonObject } from '../model/istio/schema.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Metadata } from '../model/resource.ts';
import type { IstioVersion } from '../model/scenario.ts';

/** Says why Envoy's API has no object like the value of a patch, or nothing. */
export type PatchProblem = (applyTo: ApplyTo, value: JsonObject) => string | undefined;

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
  readonly patchProblem: PatchProblem;
}

/** How istiod is run. */
export interface AdmissionOptions {
  /** `1.30` by default. */
  readonly istioVersion?: IstioVersion;
  /** On by default. */
  readonly statefulAllocation?: boolean;
  /** By default, the values of patches are not checked. */
  readonly patchProblem?: PatchProblem;
}

const rulesOf: Readonly<Record<IstioVersion, Omit<AdmissionRules, 'statefulAllocation' | 'patchProblem'>>> = {
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
  const { istioVersion = '1.30', statefulAllocation = true, patchProblem = () => undefined } = options;
  return { ...rulesOf[istioVersion], statefulAllocation, patchProblem };
}

/** What a validator needs to know besides the resource's spec. */
export interface Admission {
  readonly metadata: Metadata;
  readonly rules: AdmissionRules;
}
