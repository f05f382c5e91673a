import type { Snapshot } from '../xds/snapshot.ts';
import { commonEnds, isSameList, middleOf, replaceMiddle } from './common-ends.ts';
import { reuseEqual } from './reuse-equal.ts';

/** A snapshot with the earlier resource wherever a resource of that name says the same. */
export function reconcile(earlier: Snapshot | undefined, later: Snapshot): Snapshot {
  if (!earlier) return later;
  return {
    clusters: reconcileSection(earlier.clusters, later.clusters, ({ name }) => name),
    listeners: reconcileSection(earlier.listeners, later.listeners, ({ name }) => name),
    routes: reconcileSection(earlier.routes, later.routes, ({ name }) => name),
    endpoints: reconcileSection(earlier.endpoints, later.endpoints, ({ clusterName }) => clusterName),
    nameTable:
      earlier.nameTable === later.nameTable
        ? earlier.nameTable
        : (reuseEqual(earlier.nameTable, later.nameTable) as Snapshot['nameTable']),
  };
}

function reconcileSection<T extends object>(
  earlier: readonly T[],
  later: readonly T[],
  nameOf: NameOf<T>,
): readonly T[] {
  const ends = commonEnds(earlier, later);
  const { head } = ends;
  if (head === earlier.length && head === later.length) return earlier;
  const before = middleOf(earlier, ends);
  const middle = pair(before, middleOf(later, ends), nameOf);
  return isSameList(before, middle) ? earlier : replaceMiddle(later, ends, middle);
}

/** Lists are walked side by side for as long as it is clear what stands for what; the rest is looked up by name. */
function pair<T extends object>(earlier: readonly T[], later: readonly T[], nameOf: NameOf<T>): readonly T[] {
  const paired: T[] = [];
  const added: number[] = [];
  const removed: T[] = [];
  let at = 0;
  for (const [index, resource] of later.entries()) {
    const [known, next] = [earlier[at], earlier[at + 1]];
    const follows = later[index + 1];
    if (known === resource || (known && nameOf(known) === nameOf(resource))) {
      paired.push(reuseEqual(known, resource) as T);
      at++;
    } else if (known && next === resource) {
      removed.push(known);
      paired.push(resource);
      at += 2;
    } else if (follows && (known === follows || next === follows)) {
      if (known && next === follows) removed.push(known);
      added.push(index);
      paired.push(resource);
      at += next === follows ? 1 : 0;
    } else {
      const rest = lookUp([...removed, ...earlier.slice(at)], later.slice(index), nameOf);
      paired.push(...rest);
      break;
    }
  }
  removed.push(...earlier.slice(at));
  if (added.length === 0 || removed.length === 0) return paired;
  const byName = new Map(removed.map((resource) => [nameOf(resource), resource]));
  for (const index of added) {
    const resource = paired[index] as T;
    paired[index] = reuseEqual(byName.get(nameOf(resource)), resource) as T;
  }
  return paired;
}

type NameOf<T> = (resource: T) => string | undefined;

function lookUp<T extends object>(earlier: readonly T[], later: readonly T[], nameOf: NameOf<T>): readonly T[] {
  const known = new Set(earlier);
  const byName = new Map(earlier.map((resource) => [nameOf(resource), resource]));
  return later.map((resource) =>
    known.has(resource) ? resource : (reuseEqual(byName.get(nameOf(resource)), resource) as T),
  );
}

/** The later snapshot with the lists of the earlier one that hold the same resources. */
export function shareSections(earlier: Snapshot, later: Snapshot): Snapshot {
  const share = <T>(known: readonly T[], list: readonly T[]): readonly T[] => (isSameList(known, list) ? known : list);
  return {
    clusters: share(earlier.clusters, later.clusters),
    listeners: share(earlier.listeners, later.listeners),
    routes: share(earlier.routes, later.routes),
    endpoints: share(earlier.endpoints, later.endpoints),
    nameTable: later.nameTable,
  };
}
