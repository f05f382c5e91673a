import type { Protocol } from '../../model/protocol.ts';
import type { TrafficDistribution } from '../../model/service.ts';
import type { MutualTlsMode } from '../../registry/peer-authentication.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

/**
 * Everything that the shared fields of a cluster depend on besides its policy. Many clusters are of the few kinds that
 * there are, so that nothing stands here that is one service's own.
 */
export interface OutboundClusterKind {
  readonly type: OutboundClusterPlan['type'];
  readonly protocol: Protocol;
  readonly racesConnections: boolean;
  readonly trafficDistribution: TrafficDistribution | undefined;
  readonly keepsDraining: boolean;
  readonly meshExternal: boolean;
  readonly serviceMode: MutualTlsMode | undefined;
  readonly mayUseCredentials: boolean;
  readonly passesMutualTls: boolean;
}
