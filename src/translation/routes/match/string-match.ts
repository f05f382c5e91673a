import type { StringMatch } from '../../../model/istio/virtual-service.ts';
import type { StringMatcher } from '../../../xds/types.ts';

/** Absent where the match says neither exact, prefix nor regex. */
export function buildStringMatcher({ exact, prefix, regex }: StringMatch): StringMatcher | undefined {
  if (exact !== undefined) return { exact };
  if (prefix !== undefined) return { prefix };
  if (regex !== undefined) return { safeRegex: { regex } };
  return undefined;
}

/**
 * A match that only asks for presence: one that says nothing, and the regex `*`, which is not RE2 but is taken to mean
 * "any value".
 */
export function asksForPresence(match: StringMatch): boolean {
  const { exact, prefix, regex } = match;
  if (exact !== undefined || prefix !== undefined) return false;
  return regex === undefined || regex === '*';
}
