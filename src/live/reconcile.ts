import type { Snapshot } from '../xds/snapshot.ts';
import { isSameList } from './common-ends.ts';
import { type Replacement, replaceParts, trim } from './edits.ts';
import { reuseEqual } from './reuse-equal.ts';
import { Succession } from './succession.ts';

/** What stood for a resource the last time: the same is not compared twice. */
export type Counterparts = WeakMap<object, object>;

/** What is known of snapshots that were compared before. */
export interface Acquaintance {
  readonly counterparts: Counterparts;
  readonly succession: Succession;
}

/** A snapshot as it was rendered, and as it was sent: place by place, with resources that had been sent before. */
export interface Reconciled {
  readonly rendered: Snapshot;
  readonly sent: Snapshot;
}

/** A snapshot with the earlier resource wherever a resource of that name says the same. */
export function reconcile(
  earlier: Reconciled | undefined,
  rendered: Snapshot,
  known: Acquaintance = { counterparts: new WeakMap(), succession: new Succession() },
): Snapshot {
  if (!earlier) return rendered;
  const section = <T extends object>(
    of: (snapshot: Snapshot) => readonly T[],
    nameOf: (one: T) => string | undefined,
  ) => reconcileSection({ rendered: of(earlier.rendered), sent: of(earlier.sent) }, of(rendered), { nameOf, ...known });
  const { nameTable } = earlier.sent;
  return {
    clusters: section(({ clusters }) => clusters, nameOf),
    listeners: section(({ listeners }) => listeners, nameOf),
    routes: section(({ routes }) => routes, nameOf),
    endpoints: section(
      ({ endpoints }) => endpoints,
      ({ clusterName }) => clusterName,
    ),
    nameTable:
      earlier.rendered.nameTable === rendered.nameTable
        ? nameTable
        : (reuseEqual(nameTable, rendered.nameTable) as Snapshot['nameTable']),
  };
}

function nameOf({ name }: { readonly name?: string }): string | undefined {
  return name;
}

/** Only where what is rendered changed, something else can be sent. */
function reconcileSection<T extends object>(
  { rendered, sent }: { readonly rendered: readonly T[]; readonly sent: readonly T[] },
  later: readonly T[],
  pairing: Pairing<T>,
): readonly T[] {
  const edits = pairing.succession.edits(rendered, later);
  const before = edits.flatMap(({ from, to }) => sent.slice(from, to));
  const after = edits.flatMap(({ start, end }) => later.slice(start, end));
  const paired = pair(before, after, pairing);
  let place = 0;
  const replacements: Replacement<T>[] = [];
  for (const edit of edits) {
    const items = paired.slice(place, place + edit.end - edit.start);
    place += items.length;
    const replacement = trim(sent, { edit, items });
    if (replacement) replacements.push(replacement);
  }
  return replacements.length === 0 ? sent : replaceParts(sent, replacements);
}

/** Lists are walked side by side for as long as it is clear what stands for what; the rest is looked up by name. */
function pair<T extends object>(earlier: readonly T[], later: readonly T[], pairing: Pairing<T>): readonly T[] {
  const { nameOf } = pairing;
  const paired: T[] = [];
  const added: number[] = [];
  const removed: T[] = [];
  let at = 0;
  for (let index = 0; index < later.length; index++) {
    const resource = later[index] as T;
    const [known, next] = [earlier[at], earlier[at + 1]];
    const follows = later[index + 1];
    if (known === resource || (known && nameOf(known) === nameOf(resource))) {
      paired.push(reuse(known, resource, pairing));
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
      for (const one of lookUp([...removed, ...earlier.slice(at)], later.slice(index), pairing)) paired.push(one);
      break;
    }
  }
  const gone = [...removed, ...earlier.slice(at)];
  if (added.length === 0 || gone.length === 0) return paired;
  const byName = new Map(gone.map((resource) => [nameOf(resource), resource]));
  for (const index of added) {
    const resource = paired[index] as T;
    paired[index] = reuse(byName.get(nameOf(resource)), resource, pairing);
  }
  return paired;
}

interface Pairing<T> extends Acquaintance {
  nameOf(resource: T): string | undefined;
}

function reuse<T extends object>(known: T | undefined, resource: T, { counterparts }: Pairing<T>): T {
  if (known === undefined || known === resource || counterparts.get(resource) === known) return known ?? resource;
  const reused = reuseEqual(known, resource) as T;
  counterparts.set(resource, reused);
  return reused;
}

function lookUp<T extends object>(earlier: readonly T[], later: readonly T[], pairing: Pairing<T>): readonly T[] {
  const { nameOf } = pairing;
  const known = new Set(earlier);
  const byName = new Map(earlier.map((resource) => [nameOf(resource), resource]));
  return later.map((resource) =>
    known.has(resource) ? resource : reuse(byName.get(nameOf(resource)), resource, pairing),
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
