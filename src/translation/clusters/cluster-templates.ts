import type { LocalityPreference } from '../../registry/locality-setting.ts';
import type { PortPolicy } from '../../registry/traffic-policy.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Cluster, ClusterDiscoveryType } from '../../xds/types.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { DnsFields } from './discovery.ts';
import type { LoadBalancing } from './load-balancing.ts';
import type { OutboundClusterKind } from './outbound-cluster-kind.ts';

/** The fields that all clusters of one policy and kind have alike. */
export interface SharedFields {
  /** Absent for a dynamic forward proxy, which has a type of its own. */
  readonly type: ClusterDiscoveryType | undefined;
  readonly dns: DnsFields | undefined;
  readonly connectionPool: ConnectionPool;
  readonly outlierDetection: Cluster['outlierDetection'];
  readonly loadBalancing: LoadBalancing;
  readonly commonLbConfig: Cluster['commonLbConfig'];
  readonly typedExtensionProtocolOptions: Cluster['typedExtensionProtocolOptions'];
}

export interface ClusterTemplate {
  readonly fields: SharedFields;
  readonly carriesEndpoints: boolean;
  /** Whether there are transport sockets: they are each cluster's own. */
  readonly hasSockets: boolean;
  /** Of a dynamic forward proxy that does not check whom it talks to. */
  readonly isInsecure: boolean;
  readonly preference: LocalityPreference;
}

/** Templates of one policy, one after another. */
export interface OfKind {
  readonly kind: OutboundClusterKind;
  readonly template: ClusterTemplate;
  readonly next: OfKind | undefined;
  isShared: boolean;
}

/** The templates of one proxy. A policy is told apart by identity. */
export class ClusterTemplates {
  readonly #byPolicy = new Map<PortPolicy | undefined, OfKind>();

  first(policy: PortPolicy | undefined): OfKind | undefined {
    return this.#byPolicy.get(policy);
  }

  add(policy: PortPolicy | undefined, kind: OutboundClusterKind, template: ClusterTemplate): void {
    this.#byPolicy.set(policy, { kind, template, next: this.#byPolicy.get(policy), isShared: false });
  }
}

/** Many policies are for one cluster alone: what it is made of is frozen for the second. */
export function share(known: OfKind): ClusterTemplate {
  if (!known.isShared) frozen(known.template.fields);
  known.isShared = true;
  return known.template;
}
