import type { OutlierDetection } from '../../model/istio/destination-rule.ts';
import type { Service } from '../../model/service.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Cluster, ClusterCommonLbConfig, Percent } from '../../xds/types.ts';

export interface CommonLoadBalancingInput {
  readonly service: Service;
  /** Subsets do not keep draining endpoints, not even for persistent sessions. */
  readonly isSubset: boolean;
  readonly outlierDetection: OutlierDetection | undefined;
  /** Endpoints of unhealthy workloads are sent too, so that Envoy knows when to leave a locality. */
  readonly sendsUnhealthy: boolean;
  readonly weighsLocalities: boolean;
}

const nothing: ClusterCommonLbConfig = frozen({});
const keepDraining = frozen<Pick<ClusterCommonLbConfig, 'overrideHostStatus'>>({
  overrideHostStatus: { statuses: ['HEALTHY', 'DRAINING', 'UNKNOWN', 'DEGRADED'] },
});

/** `commonLbConfig`, which istiod sends even where it is empty. */
export function buildCommonLoadBalancing(input: CommonLoadBalancingInput): Required<Pick<Cluster, 'commonLbConfig'>> {
  const { service, isSubset, outlierDetection, sendsUnhealthy, weighsLocalities } = input;
  const keepsDraining = !isSubset && hasPersistentSessions(service);
  if (!outlierDetection && !sendsUnhealthy && !weighsLocalities && !keepsDraining) return { commonLbConfig: nothing };
  return {
    commonLbConfig: {
      ...(keepsDraining && keepDraining),
      ...((sendsUnhealthy || outlierDetection) && {
        healthyPanicThreshold: panicThreshold(sendsUnhealthy ? 0 : (outlierDetection?.minHealthPercent ?? 0)),
      }),
      ...(weighsLocalities && { localityWeightedLbConfig: {} }),
    },
  };
}

/** A share of healthy endpoints below which Envoy uses all of them. With outlier detection that is off unless set. */
function panicThreshold(value: number): Percent {
  return value === 0 ? {} : { value };
}

function hasPersistentSessions({ labels }: Service): boolean {
  return Boolean(labels['istio.io/persistent-session'] || labels['istio.io/persistent-session-header']);
}
