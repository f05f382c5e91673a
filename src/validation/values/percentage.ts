export function percentProblem(percent: number | undefined): string | undefined {
  if (percent === undefined || (percent >= 0 && percent <= 100)) return undefined;
  return `${percent} is not a percentage between 0 and 100.`;
}

/** Envoy counts in millionths: what is smaller than 0.0001 % but not zero cannot be expressed. */
export function fractionalPercentProblem(percent: number | undefined): string | undefined {
  if (percent === undefined || percent === 0 || (percent >= 0.0001 && percent <= 100)) return undefined;
  return `${percent} is neither 0 nor a percentage between 0.0001 and 100.`;
}
