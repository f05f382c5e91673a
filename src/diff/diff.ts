import { compareText } from '../model/compare-text.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { compareValues } from './compare-values.ts';
import { type Difference, type Section, sections } from './difference.ts';
import { resourcesByName } from './resources-by-name.ts';

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
  const left = resourcesByName(before, section);
  const right = resourcesByName(after, section);
  const names = [...new Set([...left.keys(), ...right.keys()])].sort(compareText);
  return names.flatMap((name) => diffResource({ section, name, before: left.get(name), after: right.get(name) }));
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
