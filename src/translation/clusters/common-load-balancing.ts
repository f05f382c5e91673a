import type { OutlierDetection } from '../../model/istio/destination-rule.ts';
import type { Service } from '../../model/service.ts';
import type { Draft } from '../../xds/draft.ts';
import { frozen } from '../../xds/frozen.ts';
import type { ClusterCommonLbConfig, Percent } from '../../xds/types.ts';

export interface CommonLoadBalancingInput {
  readonly service: Service;
  readonly isSubset: boolean;
  readonly outlierDetection: OutlierDetection | undefined;
  /** The service asks for endpoints nearby, and Envoy leaves them by the health that istiod tells. */
  readonly prefersNear: boolean;
  /** Endpoints that are not ready are sent for every service: in a panic Envoy would choose them. */
  readonly turnsPanicOff: boolean;
  readonly weighsLocalities: boolean;
}

const nothing: ClusterCommonLbConfig = frozen({});
const keptStatuses: NonNullable<ClusterCommonLbConfig['overrideHostStatus']> = frozen({
  statuses: ['HEALTHY', 'DRAINING', 'UNKNOWN', 'DEGRADED'],
});

/** `commonLbConfig`, which istiod sends even where it is empty. */
export function buildCommonLoadBalancing(input: CommonLoadBalancingInput): ClusterCommonLbConfig {
  const { service, isSubset, outlierDetection, weighsLocalities } = input;
  const turnsPanicOff = input.turnsPanicOff || input.prefersNear;
  const keepsDraining = keepsDrainingEndpoints(service, isSubset);
  if (!outlierDetection && !turnsPanicOff && !weighsLocalities && !keepsDraining) return nothing;
  const config: Draft<ClusterCommonLbConfig> = {};
  if (keepsDraining) config.overrideHostStatus = keptStatuses;
  if (turnsPanicOff || outlierDetection) {
    config.healthyPanicThreshold = panicThreshold(input.prefersNear ? 0 : (outlierDetection?.minHealthPercent ?? 0));
  }
  if (weighsLocalities) config.localityWeightedLbConfig = {};
  return config;
}

/** A share of healthy endpoints below which Envoy uses all of them. With outlier detection that is off unless set. */
function panicThreshold(value: number): Percent {
  return value === 0 ? {} : { value };
}

/** Subsets do not keep draining endpoints, not even for persistent sessions. */
export function keepsDrainingEndpoints({ labels }: Service, isSubset: boolean): boolean {
  if (isSubset) return false;
  return Boolean(labels['istio.io/persistent-session'] || labels['istio.io/persistent-session-header']);
}
