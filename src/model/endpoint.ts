import type { Port, Service } from './service.ts';

/** One place that a service port's traffic can go to. Source: istio `pilot/pkg/model/service.go`, IstioEndpoint. */
export interface Endpoint {
  readonly workload: EndpointWorkload;
  /** The service port's name that it answers. */
  readonly portName: string;
  /** Port number at the endpoint; 0 for a Unix socket. */
  readonly port: number;
}

/** What is known of a workload, whichever of its ports an endpoint is. */
export interface EndpointWorkload {
  /** IPs (the first is the main one), a host name, or a path that begins with `/` for a Unix socket (`unix://` removed). */
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** `region/zone/subzone`, or empty. */
  readonly locality: string;
  readonly network: string;
  readonly clusterId: string;
  /** 0 where none was given. */
  readonly weight: number;
  /** SPIFFE identity, or empty. */
  readonly serviceAccount: string;
  /** `istio` where the workload speaks mTLS, `disabled` where it does not. */
  readonly tlsMode: 'istio' | 'disabled';
  readonly namespace: string;
  readonly workloadName: string;
  /** What telemetry gets to know of it, as every endpoint says it: frozen. */
  readonly metadata: WorkloadMetadata;
  /** `unknown` for what nobody checks: the endpoints of ServiceEntries and WorkloadEntries. `terminating` ones are never sent. */
  readonly health: 'unknown' | 'healthy' | 'unhealthy' | 'draining' | 'terminating';
  readonly hostName: string;
  readonly subDomain: string;
  readonly nodeName: string;
}

/** In the form of Envoy's metadata: name, namespace, canonical name, revision and cluster of the workload. */
export interface WorkloadMetadata {
  readonly filterMetadata: { readonly istio: { readonly workload: string } };
}

/** A workload that a proxy stands for, as one port of one service. */
export interface ServiceTarget {
  readonly service: Service;
  readonly port: Port;
  /** Port number at the workload. */
  readonly targetPort: number;
}
