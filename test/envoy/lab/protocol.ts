import type { Bootstrap } from '../../../src/envoy/bootstrap.ts';
import type { IssuedCertificate } from '../../../src/envoy/issue-certificate.ts';
import type { Request } from '../../../src/model/scenario.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';

/** What an Envoy is given over xDS. */
export type Resources = Pick<Snapshot, 'clusters' | 'listeners' | 'routes' | 'endpoints'>;

/** A resource that Envoy did not take, with the reason it gave. */
export interface Refusal {
  /** `cluster outbound|443||example.com` */
  readonly resource: string;
  readonly reason: string;
}

export interface Loaded {
  readonly refusals: readonly Refusal[];
  /** How many resources Envoy took, by section. */
  readonly accepted: Readonly<Record<keyof Resources, number>>;
}

/** Where Envoy took one connection: what its access logs say. */
export interface Observation {
  readonly listener?: string;
  readonly filterChain?: number | 'default';
  readonly routeConfig?: string;
  readonly virtualHost?: string;
  readonly route?: string;
  /** Position in its virtual host. */
  readonly routeIndex?: number;
  readonly cluster?: string;
  readonly responseCode?: number;
  readonly responseFlags?: string;
  readonly details?: string;
  /** Endpoint that the request went to. */
  readonly upstream?: string;
  /** The address that the connection to it left from. */
  readonly connectedFrom?: string;
  readonly attempts?: number;
  /** What the gateway did with the same connection, where one is loaded. */
  readonly onward?: Observation;
  /** The connection ended before a listener took it. */
  readonly closed?: true;
}

/** One HTTP exchange through a running Envoy. */
export interface Exchange extends Observation {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  readonly durationMs: number;
}

/** What a server that plays an upstream saw. */
export interface UpstreamSight {
  /** The address and port that Envoy connected to. */
  readonly address: string;
  readonly port: number;
  readonly tls?: { readonly sni?: string; readonly alpn?: string; readonly clientCertificate?: string };
  readonly http?: {
    readonly version: string;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  };
  /** First bytes that were neither HTTP nor TLS. */
  readonly bytes?: string;
}

/** A plain HTTP request to a port of a demo. */
export interface DemoRequest {
  readonly port: number;
  readonly host: string;
  readonly path: string;
}

/** What upstreams do with requests to a path, in turn; without it they answer 200. */
export type UpstreamScript = Readonly<Record<string, readonly number[]>>;

export type Command =
  | { readonly do: 'validate'; readonly bootstrap: Bootstrap }
  | { readonly do: 'load'; readonly resources: Resources; readonly delays?: boolean }
  /** Loads the resources as they are, without logs to probe by, and asks what Envoy has. */
  | { readonly do: 'dump'; readonly resources: Resources }
  | { readonly do: 'load-gateway'; readonly resources: Resources }
  | { readonly do: 'update'; readonly resources: Resources }
  | { readonly do: 'probe'; readonly requests: readonly Request[] }
  | { readonly do: 'exchange'; readonly requests: readonly Request[]; readonly script?: UpstreamScript }
  | { readonly do: 'sights' }
  | { readonly do: 'stats'; readonly names: readonly string[] }
  | { readonly do: 'demo'; readonly bootstrap: Bootstrap; readonly requests: readonly DemoRequest[] }
  | { readonly do: 'unload' };

export interface Answers {
  readonly validate: { readonly accepted: boolean; readonly output: string };
  readonly load: Loaded;
  readonly dump: Loaded & { readonly text: string };
  readonly 'load-gateway': Loaded;
  readonly update: Loaded;
  readonly probe: readonly Observation[];
  readonly exchange: readonly Exchange[];
  readonly sights: readonly UpstreamSight[];
  readonly stats: Readonly<Record<string, number>>;
  readonly demo: readonly string[];
  readonly unload: null;
}

export interface LabSettings {
  readonly envoy: string;
  readonly folder: string;
  /** Signs the certificates that upstreams show. */
  readonly authority: IssuedCertificate;
}
