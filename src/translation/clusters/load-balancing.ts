import type { ConsistentHashLB, LoadBalancerSettings } from '../../model/istio/destination-rule.ts';
import type { Cluster, ClusterSlowStartConfig } from '../../xds/types.ts';

export type LoadBalancing = Pick<
  Cluster,
  'lbPolicy' | 'leastRequestLbConfig' | 'roundRobinLbConfig' | 'maglevLbConfig' | 'ringHashLbConfig'
>;

/** Least request unless the rule says otherwise; Envoy's own default, round robin, is left out of the output. */
export function buildLoadBalancing(settings: LoadBalancerSettings | undefined): LoadBalancing {
  const simple = buildSimpleLoadBalancing(settings);
  return settings?.consistentHash ? buildConsistentHashing(settings.consistentHash, simple) : simple;
}

const leastRequest: LoadBalancing = Object.freeze({ lbPolicy: 'LEAST_REQUEST' });
const random: LoadBalancing = Object.freeze({ lbPolicy: 'RANDOM' });

function buildSimpleLoadBalancing(settings: LoadBalancerSettings | undefined): LoadBalancing {
  if (!settings) return leastRequest;
  const slowStartConfig = buildSlowStart(settings);
  switch (settings.simple) {
    case 'RANDOM':
      return random;
    case 'ROUND_ROBIN':
      return slowStartConfig ? { roundRobinLbConfig: { slowStartConfig } } : {};
    default:
      return slowStartConfig ? { ...leastRequest, leastRequestLbConfig: { slowStartConfig } } : leastRequest;
  }
}

/**
 * Hashing takes the place of the simple policy. Where it has nothing to configure, a slow start configured
 * for the simple policy stays behind, without effect.
 */
function buildConsistentHashing(hash: ConsistentHashLB, simple: LoadBalancing): LoadBalancing {
  const { lbPolicy: _, ...leftover } = simple;
  if (hash.maglev) {
    const tableSize = nonZero(hash.maglev.tableSize);
    return { lbPolicy: 'MAGLEV', ...(tableSize ? { maglevLbConfig: { tableSize } } : leftover) };
  }
  if (hash.ringHash) {
    const minimumRingSize = nonZero(hash.ringHash.minimumRingSize);
    return { lbPolicy: 'RING_HASH', ...(minimumRingSize ? { ringHashLbConfig: { minimumRingSize } } : leftover) };
  }
  return { lbPolicy: 'RING_HASH', ringHashLbConfig: { minimumRingSize: nonZero(hash.minimumRingSize) ?? '1024' } };
}

/** 64-bit integers are strings in JSON. */
function nonZero(value: number | undefined): string | undefined {
  return value ? String(value) : undefined;
}

function buildSlowStart({ warmup, warmupDurationSecs }: LoadBalancerSettings): ClusterSlowStartConfig | undefined {
  if (!warmup) return warmupDurationSecs === undefined ? undefined : { slowStartWindow: warmupDurationSecs };
  const { duration, aggression = 1, minimumPercent = 10 } = warmup;
  return {
    ...(duration !== undefined && { slowStartWindow: duration }),
    // istiod sends this fixed key: no runtime setting is meant to change it.
    aggression: { ...(aggression !== 0 && { defaultValue: aggression }), runtimeKey: '(' },
    minWeightPercent: minimumPercent === 0 ? {} : { value: minimumPercent },
  };
}
