import type { Difference } from '../../diff/difference.ts';
import type { DifferenceReport } from './difference-report.ts';

/** Differences for programs: what they mean, and each resource before and after with every field that changed. */
export function differencesJson(
  { groups }: DifferenceReport,
  { differences }: { readonly differences: readonly Difference[] },
): string {
  return `${JSON.stringify({ groups, differences }, null, 2)}\n`;
}
