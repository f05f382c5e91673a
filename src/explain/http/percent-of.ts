import type { FractionalPercent } from '../../xds/types.ts';

const bases = { HUNDRED: 100, TEN_THOUSAND: 10_000, MILLION: 1_000_000 } as const;

/** 250 of a million is 0.025 %. */
export function percentOf({ numerator = 0, denominator = 'HUNDRED' }: FractionalPercent): number {
  return (100 * numerator) / bases[denominator];
}
