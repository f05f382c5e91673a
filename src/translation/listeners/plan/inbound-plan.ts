import type { Protocol } from '../../../model/protocol.ts';
import type { Metadata } from '../../../model/resource.ts';
import type { Service } from '../../../model/service.ts';
import type { Binds } from '../listener-context.ts';

/** What the proxy accepts on one port of its workload, or (`passthrough`) on every port that nothing else describes. */
export interface InboundPlan {
  readonly passthrough: boolean;
  readonly cluster: string;
  /** Port at the workload; 0 for any port. */
  readonly targetPort: number;
  /** As its service or the Sidecar calls it. */
  readonly port: { readonly name: string; readonly number: number; readonly protocol: Protocol };
  /** For traces and statistics: the service, a made-up name for a Sidecar, or empty. */
  readonly subject: Pick<Service, 'hostname' | 'name' | 'namespace' | 'registry'>;
  readonly binds: Binds;
  readonly bindToPort: boolean;
  /** The Sidecar whose ingress listener it is. */
  readonly configuration?: Pick<Metadata, 'name' | 'namespace'>;
}
