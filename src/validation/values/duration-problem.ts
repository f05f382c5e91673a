import { durationToNanoseconds } from '../../model/duration.ts';

const nanosecondsPerMillisecond = 1_000_000n;
/** Most are so and need not be counted out. */
const wholeSeconds = /^[1-9]\d*s$/;

/** Envoy counts timeouts in milliseconds: less, or a fraction of one, is refused. Absent is fine. */
export function durationProblem(duration: string | undefined): string | undefined {
  if (duration === undefined || wholeSeconds.test(duration)) return undefined;
  const nanoseconds = durationToNanoseconds(duration);
  if (nanoseconds < nanosecondsPerMillisecond) return `${duration} is too short; set at least 1ms.`;
  if (nanoseconds % nanosecondsPerMillisecond !== 0n) return `${duration} is too fine; set whole milliseconds.`;
  return undefined;
}

/** Whether, in either direction, the duration is nearer to zero than a millisecond. */
export function isShorterThanAMillisecond(duration: string): boolean {
  return durationToNanoseconds(duration) / nanosecondsPerMillisecond === 0n;
}

export function isWholeSeconds(duration: string): boolean {
  return durationToNanoseconds(duration) % 1_000_000_000n === 0n;
}
