import type { PortPolicy } from '../../registry/traffic-policy.ts';
import { frozen } from '../../xds/frozen.ts';
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
  isShared: boolean;
}

/** The templates of one proxy. A policy is told apart by identity. */
export class ClusterTemplates {
  readonly #byPolicy = new Map<PortPolicy | undefined, OfKind[]>();

  /** Made for the first cluster that needs it. */
  get(policy: PortPolicy | undefined, kind: OutboundClusterKind, make: () => ClusterTemplate): ClusterTemplate {
    const ofPolicy = this.#byPolicy.get(policy);
    const known = ofPolicy?.find((one) => isSameKind(one.kind, kind));
    if (known) return share(known);
    const added = { kind, template: make(), isShared: false };
    if (ofPolicy) ofPolicy.push(added);
    else this.#byPolicy.set(policy, [added]);
    return added.template;
  }
}

/** Many policies are for one cluster alone: what it is made of is frozen for the second. */
function share(known: OfKind): ClusterTemplate {
  if (!known.isShared) for (const field of Object.values(known.template)) frozen(field);
  known.isShared = true;
  return known.template;
}
