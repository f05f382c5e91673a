import type { Report } from '../model/diagnostic.ts';
import type { Endpoint, EndpointWorkload, ServiceTarget } from '../model/endpoint.ts';
import type { MeshConfig, ProxyConfig } from '../model/istio/mesh-config.ts';
import type { Memory } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Kind, ResourceOf } from '../model/resource.ts';
import type { Port, Service } from '../model/service.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Features } from './features.ts';

/** Settings of the whole mesh: Istio's defaults with the scenario's changes merged over them. */
export interface MeshSettings {
  readonly configuration: MeshConfig;
  readonly defaultProxyConfig: ProxyConfig;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  /** The cluster of istiod and of everything in the manifests: that of the proxy. */
  readonly clusterId: string;
  readonly features: Features;
  readonly profile: Profile;
}

/** The accepted resources by kind, in istiod's order: creation time, then namespace, then name. */
export type ResourcesByKind = { readonly [K in Kind]: readonly ResourceOf<K>[] };

/** namespace/name of the ServiceEntry → host → addresses, IPv4 first. */
export type Allocation = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What istiod knows before any proxy asks: services, their endpoints and the policies, indexed. */
export interface Mesh extends MeshSettings {
  readonly resources: ResourcesByKind;
  /** Ordered by creation time, then name, then namespace, as istiod orders its services. */
  readonly services: readonly Service[];
  readonly servicesByHostname: ReadonlyMap<string, readonly Service[]>;
  /** The endpoints of one port of a service, before they are filtered for a proxy or a subset. */
  endpointsOf(service: Service, port: Port): readonly Endpoint[];
  /** Who may answer for a service: what it says itself, and the identities of its endpoints. */
  identitiesOf(service: Service): readonly string[];
  /** Whether a workload can be reached through a tunnel of the ambient mesh. */
  acceptsTunnel(workload: Pick<EndpointWorkload, 'addresses' | 'network' | 'labels'>): boolean;
  /** The service ports that the proxy itself serves. */
  targetsOf(proxy: Proxy, memory: Memory): readonly ServiceTarget[];
  /** The labels of the proxy's own pod, where the manifests hold it; they replace what the proxy says of itself. */
  workloadLabelsOf(proxy: Proxy): Readonly<Record<string, string>> | undefined;
  /** The addresses that istiod allocated, described when somebody asks. */
  allocatedAddresses(): Allocation;
  readonly report: Report;
  /** What all proxies of the mesh share, from one version of it to the next. */
  readonly memory: Memory;
}
