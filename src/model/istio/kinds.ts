import type { Dialect } from './decode.ts';
import { type DestinationRule, destinationRule } from './destination-rule.ts';
import { type EnvoyFilter, envoyFilter } from './envoy-filter.ts';
import { type Gateway, gateway } from './gateway.ts';
import {
  type EndpointSlice,
  endpointSlice,
  type KubernetesGateway,
  type KubernetesGatewayStatus,
  type KubernetesService,
  type KubernetesServiceStatus,
  kubernetesGateway,
  kubernetesGatewayStatus,
  kubernetesService,
  kubernetesServiceStatus,
  type NodeStatus,
  nodeStatus,
  type OpenObject,
  openObject,
  type Pod,
  type PodStatus,
  pod,
  podStatus,
} from './kubernetes.ts';
import { type PeerAuthentication, peerAuthentication } from './peer-authentication.ts';
import type { MessageSchema } from './schema.ts';
import { type ServiceEntry, type ServiceEntryStatus, serviceEntry, serviceEntryStatus } from './service-entry.ts';
import { type Sidecar, sidecar } from './sidecar.ts';
import { type IstioStatus, istioStatus } from './status.ts';
import { type Telemetry, telemetry } from './telemetry.ts';
import { type VirtualService, virtualService } from './virtual-service.ts';
import { type WorkloadEntry, workloadEntry } from './workload-entry.ts';

/**
 * The kinds that are simulated. `KubernetesGateway` is the Gateway of gateway.networking.k8s.io, named so because
 * Istio has a Gateway too; everywhere a user sees it, it is called Gateway.
 */
export interface ResourceSpecs {
  readonly ServiceEntry: { readonly spec: ServiceEntry; readonly status: ServiceEntryStatus };
  readonly WorkloadEntry: { readonly spec: WorkloadEntry; readonly status: IstioStatus };
  readonly DestinationRule: { readonly spec: DestinationRule; readonly status: IstioStatus };
  readonly VirtualService: { readonly spec: VirtualService; readonly status: IstioStatus };
  readonly Sidecar: { readonly spec: Sidecar; readonly status: IstioStatus };
  readonly Gateway: { readonly spec: Gateway; readonly status: IstioStatus };
  readonly EnvoyFilter: { readonly spec: EnvoyFilter; readonly status: IstioStatus };
  readonly PeerAuthentication: { readonly spec: PeerAuthentication; readonly status: IstioStatus };
  readonly Telemetry: { readonly spec: Telemetry; readonly status: IstioStatus };
  readonly Service: { readonly spec: KubernetesService; readonly status: KubernetesServiceStatus };
  readonly EndpointSlice: { readonly spec: EndpointSlice; readonly status: OpenObject };
  readonly Pod: { readonly spec: Pod; readonly status: PodStatus };
  readonly Node: { readonly spec: OpenObject; readonly status: NodeStatus };
  readonly Namespace: { readonly spec: OpenObject; readonly status: OpenObject };
  readonly KubernetesGateway: { readonly spec: KubernetesGateway; readonly status: KubernetesGatewayStatus };
}

export interface KindDefinition {
  /** The kind as manifests spell it. */
  readonly manifestKind: string;
  /** `''` for the core group. */
  readonly group: string;
  readonly versions: readonly string[];
  readonly namespaced: boolean;
  readonly spec: MessageSchema;
  readonly status: MessageSchema;
  /** `root` where the fields stand beside `metadata`. */
  readonly body: 'spec' | 'root';
  /**
   * Istio's kinds are read by protobuf's JSON rules (numbers may be quoted, enums may be numbers, `snake_case` names
   * are known too), Kubernetes' own strictly.
   */
  readonly dialect: Dialect;
}

const istio = (
  group: string,
  manifestKind: string,
  spec: MessageSchema,
  status: MessageSchema = istioStatus,
): KindDefinition => ({
  manifestKind,
  group,
  versions: istioVersions[group] ?? [],
  namespaced: true,
  spec,
  status,
  body: 'spec',
  dialect: 'protobuf',
});

const istioVersions: Readonly<Record<string, readonly string[]>> = {
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
  'telemetry.istio.io': ['v1', 'v1alpha1'],
};

const kubernetes = (
  group: string,
  manifestKind: string,
  definition: Pick<KindDefinition, 'spec' | 'status'> & Partial<KindDefinition>,
): KindDefinition => ({
  manifestKind,
  group,
  versions: ['v1'],
  namespaced: true,
  body: 'spec',
  dialect: 'kubernetes',
  ...definition,
});

export const kinds: Readonly<Record<keyof ResourceSpecs, KindDefinition>> = {
  ServiceEntry: istio('networking.istio.io', 'ServiceEntry', serviceEntry, serviceEntryStatus),
  WorkloadEntry: istio('networking.istio.io', 'WorkloadEntry', workloadEntry),
  DestinationRule: istio('networking.istio.io', 'DestinationRule', destinationRule),
  VirtualService: istio('networking.istio.io', 'VirtualService', virtualService),
  Sidecar: istio('networking.istio.io', 'Sidecar', sidecar),
  Gateway: istio('networking.istio.io', 'Gateway', gateway),
  EnvoyFilter: { ...istio('networking.istio.io', 'EnvoyFilter', envoyFilter), versions: ['v1alpha3'] },
  PeerAuthentication: istio('security.istio.io', 'PeerAuthentication', peerAuthentication),
  Telemetry: istio('telemetry.istio.io', 'Telemetry', telemetry),
  Service: kubernetes('', 'Service', { spec: kubernetesService, status: kubernetesServiceStatus }),
  EndpointSlice: kubernetes('discovery.k8s.io', 'EndpointSlice', {
    spec: endpointSlice,
    status: openObject,
    body: 'root',
  }),
  Pod: kubernetes('', 'Pod', { spec: pod, status: podStatus }),
  Node: kubernetes('', 'Node', { spec: openObject, status: nodeStatus, namespaced: false }),
  Namespace: kubernetes('', 'Namespace', { spec: openObject, status: openObject, namespaced: false }),
  KubernetesGateway: kubernetes('gateway.networking.k8s.io', 'Gateway', {
    spec: kubernetesGateway,
    status: kubernetesGatewayStatus,
    versions: ['v1', 'v1beta1', 'v1alpha2'],
  }),
};

/** Finds the kind that a manifest's `apiVersion` and `kind` name, or nothing. */
export function findKind(apiVersion: string, manifestKind: string): keyof ResourceSpecs | undefined {
  return kindsByApiVersion.get(apiVersion)?.get(manifestKind);
}

const kindsByApiVersion: ReadonlyMap<string, ReadonlyMap<string, keyof ResourceSpecs>> = indexKinds();

function indexKinds(): ReadonlyMap<string, ReadonlyMap<string, keyof ResourceSpecs>> {
  const index = new Map<string, Map<string, keyof ResourceSpecs>>();
  for (const [kind, { group, versions, manifestKind }] of Object.entries(kinds)) {
    for (const version of versions) {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const ofVersion = index.get(apiVersion) ?? new Map<string, keyof ResourceSpecs>();
      index.set(apiVersion, ofVersion.set(manifestKind, kind as keyof ResourceSpecs));
    }
  }
  return index;
}
