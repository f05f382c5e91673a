import { compareText } from '../model/compare-text.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { compareValues } from './compare-values.ts';
import { type Difference, type Section, sections } from './difference.ts';
import { isEqual } from './is-equal.ts';
import { otherResourcesByName } from './resources-by-name.ts';

/**
 * Compares what a proxy gets, resource by resource and field by field: named things are matched by name, and an order
 * counts only where Envoy minds it. Nothing to report gives an empty list; the result is sorted by section and name.
 *
 * Takes translations, and snapshots read from the configuration dump of a live proxy.
 *
 * @example
 * diff(translate(before), translate(after)).map(({ section, name, kind }) => `${kind} ${section} ${name}`);
 * // ['changed clusters outbound|443||api.example.com']
 */
export function diff(before: Snapshot, after: Snapshot): readonly Difference[] {
  return sections.flatMap((section) => diffSection(section, before, after));
}

function diffSection(section: Section, before: Snapshot, after: Snapshot): readonly Difference[] {
  const [left, right] = otherResourcesByName(before, after, section);
  return namesOfOthers(left, right)
    .sort(compareText)
    .flatMap((name) => diffResource({ section, name, before: left.get(name), after: right.get(name) }));
}

type Resources = ReadonlyMap<string, object>;

/** Of a large snapshot, most resources are the same on both sides: the others alone are worth putting in order. */
function namesOfOthers(left: Resources, right: Resources): string[] {
  const names: string[] = [];
  for (const [name, before] of left) if (!isEqual(before, right.get(name))) names.push(name);
  for (const name of right.keys()) if (!left.has(name)) names.push(name);
  return names;
}

interface Pair {
  readonly section: Section;
  readonly name: string;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

function diffResource({ section, name, before, after }: Pair): readonly Difference[] {
  if (before === undefined) return after === undefined ? [] : [{ section, name, kind: 'added', after }];
  if (after === undefined) return [{ section, name, kind: 'removed', before }];
  const changes = compareValues(before, after, [section, name]);
  return changes.length === 0 ? [] : [{ section, name, kind: 'changed', before, after, changes }];
}
