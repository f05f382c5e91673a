import type { Request } from '../model/scenario.ts';
import type { CauseCode } from './causes.ts';
import type { OutcomeCode } from './outcomes.ts';

/** Something that was looked at and not taken. */
export interface RejectedCandidate {
  readonly name: string;
  readonly reason: string;
}

/** One decision: what was chosen, why, and why the others were not. */
interface Decision {
  /** Absent where nothing was found. */
  readonly chosen?: string;
  readonly reason: string;
  readonly rejected: readonly RejectedCandidate[];
  /** What else is worth knowing at this step, one sentence each. */
  readonly notes: readonly string[];
}

export interface InterceptionStep extends Decision {
  readonly kind: 'interception';
  readonly address: string;
  readonly port: number;
}

export interface ListenerStep extends Decision {
  readonly kind: 'listener';
}

export interface ListenerFiltersStep extends Decision {
  readonly kind: 'listener-filters';
  /** What the inspectors found: the keys that a filter chain is chosen by. */
  readonly transportProtocol: string;
  readonly applicationProtocols: readonly string[];
  readonly serverName?: string;
}

export interface FilterChainStep extends Decision {
  readonly kind: 'filter-chain';
  readonly filterChain?: number | 'default';
}

export interface NetworkFiltersStep extends Decision {
  readonly kind: 'network-filters';
  readonly filters: readonly string[];
}

export interface VirtualHostStep extends Decision {
  readonly kind: 'virtual-host';
  readonly routeConfig: string;
  /** The domain that matched. */
  readonly domain?: string;
}

export interface RouteStep extends Decision {
  readonly kind: 'route';
  /** Position in the virtual host. */
  readonly index?: number;
}

export interface ActionStep extends Decision {
  readonly kind: 'action';
  readonly action: 'cluster' | 'weighted-clusters' | 'redirect' | 'direct-response' | 'fault' | 'none';
  readonly weightedClusters?: readonly WeightedCluster[];
}

export interface ClusterStep extends Decision {
  readonly kind: 'cluster';
  readonly discovery?: string;
  /** Of the connection to the endpoint: with the certificate of the mesh, started for an outside server, or none. */
  readonly tls?: 'mesh' | 'originated' | 'none';
}

export interface EndpointsStep extends Decision {
  readonly kind: 'endpoints';
  /** `10.0.0.1:443`, or a name that is resolved when the connection is made. */
  readonly endpoints: readonly string[];
}

export interface InternalListenerStep extends Decision {
  readonly kind: 'internal-listener';
}

/** What was decided at one station of the connection's way, in the order Envoy decides it. */
export type Step =
  | InterceptionStep
  | ListenerStep
  | ListenerFiltersStep
  | FilterChainStep
  | NetworkFiltersStep
  | VirtualHostStep
  | RouteStep
  | ActionStep
  | ClusterStep
  | EndpointsStep
  | InternalListenerStep;

export interface WeightedCluster {
  readonly name: string;
  readonly weight: number;
}

/** Where one connection goes, and why. */
export interface Explanation {
  readonly listener?: string;
  /** Its index, or `default`. */
  readonly filterChain?: number | 'default';
  readonly filterChainName?: string;
  readonly routeConfig?: string;
  readonly virtualHost?: string;
  /** The route's name; absent where it has none. */
  readonly route?: string;
  /** The one chosen; absent where weights decide. */
  readonly cluster?: string;
  readonly weightedClusters?: readonly WeightedCluster[];
  /** As Envoy logs it: `NR`, `UH` … */
  readonly responseFlag?: string;
  /** Where Envoy itself answers: 404, a redirect, a direct response. */
  readonly responseCode?: number;
  /** What arrives at the endpoint, where one cluster takes the connection and the endpoint's address is known. */
  readonly forwarded?: Request;
  readonly outcome: OutcomeCode;
  /** Why nothing claimed a connection that ends as unknown traffic does. */
  readonly cause?: CauseCode;
  readonly steps: readonly Step[];
}
