const nanosecondsPerMillisecond = 1_000_000n;

/** Envoy counts timeouts in milliseconds: less, or a fraction of one, is refused. Absent is fine. */
export function durationProblem(duration: string | undefined): string | undefined {
  if (duration === undefined) return undefined;
  const nanoseconds = parseNanoseconds(duration);
  if (nanoseconds < nanosecondsPerMillisecond) return `${duration} is too short; set at least 1ms.`;
  if (nanoseconds % nanosecondsPerMillisecond !== 0n) return `${duration} is too fine; set whole milliseconds.`;
  return undefined;
}

/** Whether, in either direction, the duration is nearer to zero than a millisecond. */
export function isShorterThanAMillisecond(duration: string): boolean {
  return parseNanoseconds(duration) / nanosecondsPerMillisecond === 0n;
}

export function isWholeSeconds(duration: string): boolean {
  return parseNanoseconds(duration) % 1_000_000_000n === 0n;
}

/** Reads the canonical form, as in `5s`, `0.250s` and `-1.5s`. */
function parseNanoseconds(duration: string): bigint {
  const match = /^(-?)([0-9]+)(?:\.([0-9]{1,9}))?s$/.exec(duration);
  if (match === null) return 0n;
  const [, sign, seconds = '0', fraction = ''] = match;
  const magnitude = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
  return sign === '-' ? -magnitude : magnitude;
}
