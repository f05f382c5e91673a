import type { PortPolicy } from '../../registry/traffic-policy.ts';
import type { Cluster } from '../../xds/types.ts';
import { isSameKind, type OutboundClusterKind } from './outbound-cluster-kind.ts';

/**
 * A cluster without a name: its fields are those of all clusters of one policy and kind, in their order. What is each
 * cluster's own stands in for itself, to be replaced: see `buildOutboundCluster`.
 */
export type ClusterTemplate = Cluster;

interface OfKind {
  readonly kind: OutboundClusterKind;
  readonly template: ClusterTemplate;
}

/** The templates of one proxy. A policy is told apart by identity. */
export class ClusterTemplates {
  readonly #byPolicy = new Map<PortPolicy | undefined, OfKind[]>();

  /** Made for the first cluster that needs it. */
  get(policy: PortPolicy | undefined, kind: OutboundClusterKind, make: () => ClusterTemplate): ClusterTemplate {
    const ofPolicy = this.#byPolicy.get(policy);
    const known = ofPolicy?.find((one) => isSameKind(one.kind, kind));
    if (known) return known.template;
    const template = make();
    if (ofPolicy) ofPolicy.push({ kind, template });
    else this.#byPolicy.set(policy, [{ kind, template }]);
    return template;
  }
}
