import type { Cluster, ClusterLoadAssignment, Listener, RouteConfiguration } from './types.ts';

/** The DNS proxy's table. Source: istio `pkg/dns/proto/nds.proto`. */
export interface NameTable {
  readonly table: Readonly<Record<string, NameInfo>>;
}

export interface NameInfo {
  readonly ips: readonly string[];
  readonly registry: string;
  readonly shortname?: string;
  readonly namespace?: string;
}

/** Everything one proxy gets, in canonical proto3 JSON. Each name occurs once in its section. */
export interface Snapshot {
  readonly clusters: readonly Cluster[];
  readonly listeners: readonly Listener[];
  readonly routes: readonly RouteConfiguration[];
  readonly endpoints: readonly ClusterLoadAssignment[];
  readonly nameTable: NameTable;
  /** Whose configuration it is, as far as that decides what an application's DNS lookup returns. */
  readonly proxy?: ProxyFacts;
}

export interface ProxyFacts {
  readonly type: 'sidecar' | 'router' | 'waypoint';
  readonly namespace: string;
  /** The agent answers DNS itself, from the name table; else the table is not even fetched. */
  readonly dnsCapture: boolean;
}
