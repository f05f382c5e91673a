import type { MeshConfig } from './istio/mesh-config.ts';

export type IstioVersion = '1.29' | '1.30' | '1.31';

/** Who asks and in which mesh. Everything is optional. */
export interface Scenario {
  readonly istioVersion?: IstioVersion;
  readonly proxy?: ProxyScenario;
  /** Merged over Istio's defaults and those of the default Helm installation. */
  readonly meshConfig?: MeshConfig | Readonly<Record<string, unknown>>;
  /** istiod's environment, for example `{ PILOT_ENABLE_IP_AUTOALLOCATE: "false" }`. */
  readonly features?: Readonly<Record<string, string>>;
  readonly requests?: readonly Request[];
  /** URLs to follow as an application would, name resolution included. */
  readonly traces?: readonly ScenarioTrace[];
}

/** A URL, and what somebody says of it. */
export interface ScenarioTrace {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where to connect, whatever the name resolves to. */
  readonly address?: string;
  /** What a document claims, in its words or in short. */
  readonly claim?: string;
  /** What the claim comes to: fields of the explanation with the values that it promises. */
  readonly claimed?: Readonly<Record<string, string | number>>;
  /** What is so instead, where the claim does not hold. */
  readonly reality?: string;
}

export interface ProxyScenario {
  readonly type?: 'sidecar' | 'router' | 'waypoint';
  readonly name?: string;
  readonly namespace?: string;
  readonly ip?: string;
  readonly ips?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** `region/zone/subzone`. */
  readonly locality?: string;
  readonly network?: string;
  readonly clusterId?: string;
  readonly serviceAccount?: string;
  /** Istio node metadata, added to what the injector sets. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** One connection to follow. */
export interface Request {
  readonly name?: string;
  /** Destination IP; 1.3.3.7 where absent. */
  readonly address?: string;
  readonly port: number;
  readonly protocol: 'http' | 'http2' | 'tcp';
  readonly tls?: string;
  readonly sni?: string;
  readonly alpn?: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is found inside of the TLS, where that is another TLS connection or differs in anything else. */
  readonly inside?: Request;
}
