import type { Percent } from '../../model/istio/virtual-service.ts';
import type { FractionalPercent } from '../../xds/types.ts';

/** Percentages may be fractions: they become parts of a million, cut off. */
export function fractionOf({ value = 0 }: Percent): FractionalPercent {
  const numerator = Math.trunc(value * 10_000);
  return { ...(numerator !== 0 && { numerator }), denominator: 'MILLION' };
}

/** A whole number of hundredths. */
export function wholePercent(numerator: number): FractionalPercent {
  return numerator === 0 ? {} : { numerator };
}
