import type { Locality } from './locality.ts';

export type ProxyType = 'sidecar' | 'router' | 'waypoint';

/** The proxy that asks: what its bootstrap tells istiod. */
export interface Proxy {
  readonly type: ProxyType;
  readonly name: string;
  readonly namespace: string;
  /** At least one; the first decides the proxy's main IP family. */
  readonly ips: readonly [string, ...string[]];
  readonly ipMode: 'IPv4' | 'IPv6' | 'Dual';
  /** Once placed in the mesh: with the cluster, network and topology labels that istiod adds. */
  readonly labels: Readonly<Record<string, string>>;
  readonly locality: Locality;
  readonly network: string;
  readonly clusterId: string;
  readonly serviceAccount: string;
  /** `<namespace>.svc.cluster.local`. */
  readonly dnsDomain: string;
  /** `1.30.0` → [1, 30, 0]. */
  readonly istioVersion: readonly [number, number, number];
  readonly interceptionMode: 'REDIRECT' | 'TPROXY' | 'NONE';
  readonly dnsCapture: boolean;
  readonly dnsAutoAllocate: boolean;
  readonly http10: boolean;
  /** Every key of the node metadata, after defaults and `proxyMetadata`. */
  readonly metadata: Readonly<Record<string, unknown>>;
}
