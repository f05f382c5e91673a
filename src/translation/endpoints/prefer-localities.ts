import type { Failover } from '../../model/istio/destination-rule.ts';
import type { Locality } from '../../model/locality.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { LocalityPreference } from '../../registry/locality-setting.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';
import { distributeWeights } from './distribute-weights.ts';
import { splitByFailoverLabels } from './failover-labels.ts';
import type { LocalityGroup } from './locality-group.ts';
import { rankPriorities } from './rank-priorities.ts';

export interface PreferringProxy {
  readonly proxy: Proxy;
  /** Subsets of DNS clusters do not know the labels of their endpoints. */
  readonly knowsLabels: boolean;
}

/** Whether endpoints of one place may get other weights or priorities. */
export function tellsEndpointsApart({ setting, failsOver }: LocalityPreference): boolean {
  if (!setting) return false;
  return Boolean(setting.distribute?.length || (failsOver && setting.failoverPriority?.length));
}

/**
 * Gives localities the weights or priorities that a proxy at its own place should use.
 * Source: istio `pilot/pkg/networking/core/loadbalancer/loadbalancer.go`, ApplyLocalityLoadBalancer.
 */
export function preferLocalities(
  groups: readonly LocalityGroup[],
  { setting, failsOver }: LocalityPreference,
  { proxy, knowsLabels }: PreferringProxy,
): readonly LocalityLbEndpoints[] {
  const localities = groups.map(({ lbEndpoints }) => lbEndpoints);
  if (!setting) return localities;
  if (setting.distribute?.length) return distributeWeights(localities, proxy.locality, setting.distribute);
  if (!failsOver) return localities;

  const { failoverPriority = [], failover = [] } = setting;
  if (failoverPriority.length === 0) return failOver(localities, proxy.locality, failover);
  const split = knowsLabels ? splitByFailoverLabels(groups, proxy.labels, failoverPriority) : localities;
  return failover.length > 0 ? failOver(split, proxy.locality, failover) : split;
}

/** Five steps of distance lie within each priority that labels already gave. */
const stepsPerPriority = 5;

function failOver(
  localities: readonly LocalityLbEndpoints[],
  own: Locality,
  failover: readonly Failover[],
): readonly LocalityLbEndpoints[] {
  return rankPriorities(
    localities.map((group) => ({
      group,
      priority: (group.priority ?? 0) * stepsPerPriority + distance(own, group.locality ?? {}, failover),
    })),
  );
}

/** 0 for the same place, up to 3 for another region; 4 for a region that failover does not lead to. */
function distance(own: Locality, other: Partial<Locality>, failover: readonly Failover[]): number {
  if (own.region !== (other.region ?? '')) {
    const leadsTo = failover.find(({ from = '' }) => from === own.region);
    return leadsTo && (leadsTo.to ?? '') !== (other.region ?? '') ? 4 : 3;
  }
  if (own.zone !== (other.zone ?? '')) return 2;
  return own.subZone === (other.subZone ?? '') ? 0 : 1;
}
