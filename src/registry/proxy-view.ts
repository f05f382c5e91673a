import type { ServiceTarget } from '../model/endpoint.ts';
import type { DestinationRule } from '../model/istio/destination-rule.ts';
import type { IstioEgressListener, OutboundTrafficPolicy } from '../model/istio/sidecar.ts';
import type { VirtualService } from '../model/istio/virtual-service.ts';
import type { Memory } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Metadata, ResourceOf } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Mesh } from './mesh.ts';

/** The DestinationRule that governs a host for one proxy, merged from all that istiod merges. */
export interface SelectedDestinationRule {
  readonly metadata: Metadata;
  readonly spec: DestinationRule;
  /** The rules it was merged from, in order; the first lends its name. */
  readonly from: readonly Metadata[];
}

/** A VirtualService with short host names completed and delegates merged in. */
export interface SelectedVirtualService {
  readonly metadata: Metadata;
  readonly spec: VirtualService;
}

/** One egress listener of the proxy's Sidecar, or the one default listener that imports everything visible. */
export interface EgressListener {
  /** Absent for the default listener. */
  readonly configuration?: IstioEgressListener;
  readonly services: readonly Service[];
  readonly virtualServices: readonly SelectedVirtualService[];
}

/**
 * What a proxy knows of a host: the service that stands for it, and the rules for traffic to it and, where the proxy serves
 * it, from others. From one version of the mesh to the next the same object for as long as it says the same.
 */
export interface KnownHost {
  readonly service: Service;
  readonly outboundRule: SelectedDestinationRule | undefined;
  readonly inboundRule: SelectedDestinationRule | undefined;
}

/** What one proxy sees of the mesh. Source: istio `pilot/pkg/model/sidecar.go`, SidecarScope. */
export interface ProxyView {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  /** The Sidecar resource that applies, if any. */
  readonly sidecar?: ResourceOf<'Sidecar'>;
  readonly outboundTrafficPolicy: OutboundTrafficPolicy;
  readonly egressListeners: readonly EgressListener[];
  /** Union over the egress listeners, one for each host name. */
  readonly services: readonly Service[];
  /** The same, with their rules. */
  readonly knownHosts: readonly KnownHost[];
  readonly knownByName: ReadonlyMap<string, KnownHost>;
  serviceFor(hostname: string): Service | undefined;
  /** The rule for traffic to the service (outbound: a rule's workloadSelector counts). */
  destinationRuleFor(service: Service): SelectedDestinationRule | undefined;
  /** The rule for traffic that the proxy receives for a service it sees: rules with a workload selector do not count. */
  inboundDestinationRuleFor(service: Pick<Service, 'hostname' | 'namespace'>): SelectedDestinationRule | undefined;
  /** What is remembered of proxies like this one. */
  readonly memory: Memory;
  /** The service ports this proxy itself serves. */
  readonly targets: readonly ServiceTarget[];
}

/** A boolean of the node metadata, which Istio writes as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
