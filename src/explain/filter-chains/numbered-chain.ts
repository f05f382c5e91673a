import { oncePer } from '../../model/once-per.ts';
import type { FilterChain, FilterChainMatch, Listener } from '../../xds/types.ts';

export interface NumberedChain {
  readonly index: number;
  readonly chain: FilterChain;
}

export const numberChains = oncePer(({ filterChains = [] }: Listener): readonly NumberedChain[] =>
  filterChains.map((chain, index) => ({ index, chain })),
);

export function chainName({ index, chain }: NumberedChain): string {
  return chain.name === undefined ? `filter chain ${index}` : `filter chain ${index} (${chain.name})`;
}

export function matchOf({ chain }: NumberedChain): FilterChainMatch {
  return chain.filterChainMatch ?? {};
}
