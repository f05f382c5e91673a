import type { Difference, FieldChange } from '../../diff/difference.ts';
import { type DifferenceGroup, groupDifferences } from '../../diff/group-differences.ts';
import { groupBy } from '../../model/group-by.ts';
import { type Cause, causeText, type DifferenceReport } from './difference-report.ts';

/** What is behind a resource that is new or gone, or behind a field that changed. */
export type KnownCauses = ReadonlyMap<Difference | FieldChange, Cause>;

export interface Surroundings {
  readonly causes?: KnownCauses;
  /** Which proxies see a difference; absent where all do. */
  readonly audiences?: ReadonlyMap<Difference, string>;
}

/** Puts differences together by what they mean, with the input that is behind them and who sees them. */
export function reportDifferences(
  differences: readonly Difference[],
  { causes = new Map(), audiences = new Map() }: Surroundings = {},
): DifferenceReport {
  const byAudience = groupBy(differences, (difference) => audiences.get(difference));
  const groups = [...byAudience].flatMap(([audience, seen]) =>
    groupDifferences(seen).map((group) => ({
      ...group,
      causes: unique([...group.changes, ...wholeResources(group, seen)].flatMap((it) => causes.get(it) ?? [])),
      ...(audience !== undefined && { audience }),
    })),
  );
  return { groups };
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
