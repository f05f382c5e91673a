import type { Service } from '../../model/service.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Cluster } from '../../xds/types.ts';
import { buildClusterMetadata, overridesAlpn } from './cluster-metadata.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

interface Known {
  readonly plan: OutboundClusterPlan;
  readonly tunnelled: boolean;
  readonly metadata: Cluster['metadata'] | undefined;
}

/** What the clusters of one service say of it, which most say alike. They are built one after another. */
export class MetadataOfService {
  #service: Service | undefined;
  #known: Known[] = [];

  find(plan: OutboundClusterPlan, tunnelled: boolean): Cluster['metadata'] | undefined {
    if (this.#service !== plan.service) {
      this.#service = plan.service;
      this.#known.length = 0;
    }
    for (const known of this.#known) {
      if (known.tunnelled === tunnelled && saysSame(known.plan, plan)) return frozen(known.metadata);
    }
    const metadata = build(plan, tunnelled);
    this.#known.push({ plan, tunnelled, metadata });
    return metadata;
  }
}

function saysSame(left: OutboundClusterPlan, right: OutboundClusterPlan): boolean {
  return left.subset === right.subset && left.rule === right.rule && alpnOf(left) === alpnOf(right);
}

function alpnOf({ rule, policy }: OutboundClusterPlan): boolean {
  return overridesAlpn(rule?.metadata, policy?.tls?.mode);
}

function build(
  { service, type, rule, subset, policy }: OutboundClusterPlan,
  tunnelled: boolean,
): Cluster['metadata'] | undefined {
  return buildClusterMetadata({
    // Telemetry is not told what a dynamic forward proxy leads to.
    services: type === 'dynamic-forward-proxy' ? undefined : [service],
    tunnelled,
    external: service.meshExternal && subset === undefined,
    rule: rule?.metadata,
    subset: subset?.name,
    tlsMode: policy?.tls?.mode,
  }).metadata;
}
