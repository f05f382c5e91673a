import type { Protocol } from './protocol.ts';
import type { Kind, ResourceOf } from './resource.ts';

/**
 * How the proxy finds the endpoints of a service. Names follow istiod's model;
 * source: istio `pilot/pkg/model/service.go`, Resolution.
 */
export type Resolution =
  /** EDS: istiod sends the endpoints (STATIC, or Kubernetes endpoints). */
  | 'client-side'
  /** STRICT_DNS. */
  | 'dns'
  /** LOGICAL_DNS. */
  | 'dns-round-robin'
  /** ORIGINAL_DST (NONE, or a headless service). */
  | 'passthrough'
  /** An ExternalName service: another name for a service. */
  | 'alias'
  /** Dynamic forward proxy. */
  | 'dynamic-dns';

export interface Port {
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;
}

export type TrafficDistribution = 'same-zone' | 'same-node';

/** Who may see a service or policy: namespaces, or everybody, or nobody. */
export type Visibility =
  | { readonly to: 'all' }
  | { readonly to: 'none' }
  | { readonly to: 'namespaces'; readonly namespaces: ReadonlySet<string> };

/** One hostname of the mesh: one host (and one address) of a ServiceEntry, or a Kubernetes Service. */
export interface Service {
  readonly hostname: string;
  readonly namespace: string;
  /** Of a ServiceEntry's host: that host; of a Kubernetes Service: its name. */
  readonly name: string;
  readonly registry: 'External' | 'Kubernetes';
  /** The resource the service was made from. */
  readonly origin: ResourceOf<'ServiceEntry'> | ResourceOf<'Service'>;
  readonly ports: readonly Port[];
  readonly resolution: Resolution;
  readonly meshExternal: boolean;
  /** The address listeners bind to: a VIP, a CIDR, or the unspecified address `0.0.0.0` where there is none. */
  readonly defaultAddress: string;
  /**
   * A ServiceEntry's: the one address that the user gave, or none. A Kubernetes Service's: its cluster IPs (both families
   * where it is dual stack), `0.0.0.0` where it has none.
   */
  readonly addresses: readonly string[];
  /** VIPs allocated by istiod; used for proxies that have DNS capture (and allocation) on. */
  readonly allocatedAddresses: readonly string[];
  readonly visibility: Visibility;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that select the workloads behind the service; empty where nothing is selected. */
  readonly selector: Readonly<Record<string, string>>;
  /** What its resource says of who may answer for it. */
  readonly subjectAltNames: readonly string[];
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
  /** What the service itself prefers among its endpoints. Such a service gets its unhealthy ones, too. */
  readonly trafficDistribution?: TrafficDistribution;
  /** Kubernetes only: what the Service object says beyond the common model. */
  readonly kubernetes?: {
    readonly type: 'ClusterIP' | 'Headless' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    readonly externalName?: string;
    readonly publishNotReadyAddresses: boolean;
  };
  /** For an alias: the hostname it finally stands for. For a target: its aliases. */
  readonly aliases: readonly { readonly hostname: string; readonly namespace: string }[];
  readonly resolvesTo?: string;
}

export type ServiceOrigin = ResourceOf<Extract<Kind, 'ServiceEntry' | 'Service'>>;
