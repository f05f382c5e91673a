import type { Draft } from '../../xds/draft.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';

export interface Ranked {
  readonly group: LocalityLbEndpoints;
  readonly priority: number;
}

/** Envoy wants priorities from 0 on without gaps; 0 is left out. */
export function rankPriorities(ranked: readonly Ranked[]): readonly LocalityLbEndpoints[] {
  const ranks = [...new Set(ranked.map(({ priority }) => priority))].sort((left, right) => left - right);
  return ranked.map(({ group, priority }) => withPriority(group, ranks.indexOf(priority)));
}

function withPriority(group: LocalityLbEndpoints, priority: number): LocalityLbEndpoints {
  if (priority === 0 && group.priority === undefined) return group;
  const { locality = {}, lbEndpoints, loadBalancingWeight } = group;
  const ranked: Draft<LocalityLbEndpoints> = { locality };
  if (lbEndpoints) ranked.lbEndpoints = lbEndpoints;
  if (loadBalancingWeight !== undefined) ranked.loadBalancingWeight = loadBalancingWeight;
  if (priority > 0) ranked.priority = priority;
  return ranked;
}
