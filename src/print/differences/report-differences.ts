import type { Difference, FieldChange } from '../../diff/difference.ts';
import { type DifferenceGroup, groupDifferences } from '../../diff/group-differences.ts';
import { type Cause, causeText, type DifferenceReport } from './difference-report.ts';

/** What is behind a resource that is new or gone, or behind a field that changed. */
export type KnownCauses = ReadonlyMap<Difference | FieldChange, Cause>;

/** Puts differences together by what they mean, with the input that is behind them. */
export function reportDifferences(
  differences: readonly Difference[],
  causes: KnownCauses = new Map(),
): DifferenceReport {
  return {
    groups: groupDifferences(differences).map((group) => ({
      ...group,
      causes: unique([...group.changes, ...wholeResources(group, differences)].flatMap((it) => causes.get(it) ?? [])),
    })),
  };
}

/** The differences of a group that says of resources that they are new or gone. */
function wholeResources(
  { section, resources, changes }: DifferenceGroup,
  differences: readonly Difference[],
): readonly Difference[] {
  if (changes.length > 0) return [];
  const names = new Set(resources);
  return differences.filter((difference) => difference.section === section && names.has(difference.name));
}

function unique(causes: readonly Cause[]): readonly Cause[] {
  return [...new Map(causes.map((cause) => [causeText(cause), cause])).values()];
}
