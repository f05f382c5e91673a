import type { Service } from '../../model/service.ts';
import type { Cluster, Metadata } from '../../xds/types.ts';
import { buildClusterMetadata, describeService, overridesAlpn } from './cluster-metadata.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';

interface Known {
  readonly plan: OutboundClusterPlan;
  readonly tunnelled: boolean;
  readonly metadata: Cluster['metadata'] | undefined;
  readonly next: Known | undefined;
}

/** What the clusters of one service say of it, which most say alike. They are built one after another. */
export class MetadataOfService {
  #service: Service | undefined;
  #first: Known | undefined;

  find(plan: OutboundClusterPlan, tunnelled: boolean): Cluster['metadata'] | undefined {
    if (this.#service !== plan.service) this.#first = undefined;
    this.#service = plan.service;
    for (let known = this.#first; known; known = known.next) {
      if (known.tunnelled === tunnelled && saysSame(known.plan, plan)) return known.metadata && freeze(known.metadata);
    }
    const metadata = build(plan, tunnelled);
    this.#first = { plan, tunnelled, metadata, next: this.#first };
    return metadata;
  }
}

/** Part by part, of one service: there are too many to look for what they hold. */
function freeze(metadata: Metadata): Metadata {
  const { filterMetadata } = metadata;
  const { services } = filterMetadata?.['istio'] ?? {};
  if (Array.isArray(services)) Object.freeze(services[0]);
  Object.freeze(services);
  Object.freeze(filterMetadata?.['istio']);
  Object.freeze(filterMetadata);
  return Object.freeze(metadata);
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
    services: type === 'dynamic-forward-proxy' ? undefined : [describeService(service)],
    tunnelled,
    external: service.meshExternal && subset === undefined,
    rule: rule?.metadata,
    subset: subset?.name,
    tlsMode: policy?.tls?.mode,
  }).metadata;
}
