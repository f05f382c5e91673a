import { causeText, type ReportedGroup } from './difference-report.ts';

/** Says on one line what is different about the same resources for the same reason. */
export function mergeGroups(groups: readonly ReportedGroup[]): readonly ReportedGroup[] {
  const merged = new Map<string, ReportedGroup>();
  for (const group of groups) {
    const { section, resources, causes, audience, changes } = group;
    // That something is new or gone is said by itself.
    const own = changes.length === 0 && group.meaning;
    const key = JSON.stringify([section, resources, causes.map(causeText), audience, listsFields(group), own]);
    const earlier = merged.get(key);
    merged.set(key, earlier === undefined ? group : merge(earlier, group));
  }
  return [...merged.values()];
}

/** What no meaning is known for stays apart from what has one. */
function listsFields({ meaning }: ReportedGroup): boolean {
  return meaning.startsWith(':');
}

function merge(earlier: ReportedGroup, { meaning, changes }: ReportedGroup): ReportedGroup {
  const more = `, ${meaning.replace(/^: /, '')}`;
  return {
    ...earlier,
    text: earlier.text + more,
    meaning: earlier.meaning + more,
    changes: [...new Set([...earlier.changes, ...changes])],
  };
}
