import type { LocalityLbEndpoints } from '../../xds/types.ts';

export interface Ranked {
  readonly group: LocalityLbEndpoints;
  readonly priority: number;
}

/** Envoy wants priorities from 0 on without gaps; 0 is left out. */
export function rankPriorities(ranked: readonly Ranked[]): readonly LocalityLbEndpoints[] {
  const ranks = [...new Set(ranked.map(({ priority }) => priority))].sort((left, right) => left - right);
  return ranked.map(({ group: { priority: _, ...group }, priority }) => {
    const rank = ranks.indexOf(priority);
    return rank === 0 ? group : { ...group, priority: rank };
  });
}
