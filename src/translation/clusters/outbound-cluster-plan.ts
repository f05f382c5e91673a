import type { Subset } from '../../model/istio/destination-rule.ts';
import type { Port, Service } from '../../model/service.ts';
import type { SelectedDestinationRule } from '../../registry/proxy-view.ts';
import type { PortPolicy } from '../../registry/traffic-policy.ts';
import type { ClusterDiscoveryType } from '../../xds/types.ts';

/** One cluster to build: a port of a service, whole or the part of it that a subset selects. */
export interface OutboundClusterPlan {
  readonly service: Service;
  readonly port: Port;
  readonly type: ClusterDiscoveryType | 'dynamic-forward-proxy';
  readonly rule: SelectedDestinationRule | undefined;
  readonly subset: Subset | undefined;
  /** The rule's policy for this port and subset. */
  readonly policy: PortPolicy | undefined;
  /** Mutual TLS of the mesh goes through it as it comes: the cluster of a gateway in mode AUTO_PASSTHROUGH. */
  readonly passesMutualTls: boolean;
}
