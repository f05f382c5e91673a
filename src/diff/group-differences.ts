import type { FieldPath } from '../model/field-path.ts';
import type { Difference, FieldChange, Section } from './difference.ts';
import { holdsList } from './list-rules.ts';
import { clusterMeanings } from './meanings/cluster-meanings.ts';
import { listenerMeanings } from './meanings/listener-meanings.ts';
import type { Meaning } from './meanings/meaning.ts';
import { endpointMeanings, nameMeanings } from './meanings/other-meanings.ts';
import { routeMeanings } from './meanings/route-meanings.ts';

/** Resources that differ in the same way. */
export interface DifferenceGroup {
  readonly section: Section;
  /** What it means: `3 clusters now verify server certificates`. */
  readonly text: string;
  /** The text without what it speaks of: `now verify server certificates`. Begins with a colon where it only lists fields. */
  readonly meaning: string;
  readonly resources: readonly string[];
  /** The fields behind it; empty for resources that are new or gone. */
  readonly changes: readonly FieldChange[];
}

/** Puts differences together that mean the same, in the order of the sections; every field change is in some group. */
export function groupDifferences(differences: readonly Difference[]): readonly DifferenceGroup[] {
  const groups = new Map<string, Group>();
  for (const difference of differences) {
    for (const { phrase, changes } of describe(difference)) {
      const key = `${difference.section} ${phrase}`;
      const group = groups.get(key) ?? { section: difference.section, phrase, resources: new Set(), changes: [] };
      groups.set(key, group);
      group.resources.add(difference.name);
      for (const change of changes) group.changes.push(change);
    }
  }
  return [...groups.values()].map(({ section, phrase, resources, changes }) => {
    const meaning = inflect(phrase, resources.size);
    return {
      section,
      text: subjectOf(section, resources.size) + meaning,
      meaning: meaning.trim(),
      resources: [...resources],
      changes,
    };
  });
}

interface Group {
  readonly section: Section;
  readonly phrase: string;
  readonly resources: Set<string>;
  readonly changes: FieldChange[];
}

interface Description {
  readonly phrase: string;
  readonly changes: readonly FieldChange[];
}

const meanings: readonly Meaning[] = [
  ...clusterMeanings,
  ...listenerMeanings,
  ...routeMeanings,
  ...endpointMeanings,
  ...nameMeanings,
];

function describe(difference: Difference): readonly Description[] {
  if (difference.kind !== 'changed')
    return [{ phrase: difference.kind === 'added' ? '(is|are) new' : '(is|are) gone', changes: [] }];
  const { section, before, after } = difference;
  const fields = difference.changes.map((change) => ({ change, name: fieldName(change.path) }));
  const described: Description[] = [];
  const settled = new Map<FieldChange, Meaning>();
  for (const meaning of meanings.filter((candidate) => candidate.section === section)) {
    const changes = fields
      .filter(({ change, name }) => meaning.covers.test(name) && mayAdd(settled.get(change), meaning))
      .map(({ change }) => change);
    const phrase = changes.length === 0 ? undefined : meaning.phrase({ before, after, changes });
    if (phrase === undefined) continue;
    described.push({ phrase, changes });
    for (const change of changes) settled.set(change, meaning);
  }
  const others = fields.filter(({ change }) => !settled.has(change));
  return [
    ...described,
    ...others.map(({ change, name }) => ({ phrase: `: ${verb(change)} ${name}`, changes: [change] })),
  ];
}

/** The first meaning that speaks settles a change, unless both are sides of the same. */
function mayAdd(settledBy: Meaning | undefined, meaning: Meaning): boolean {
  return settledBy === undefined || (settledBy.facet === true && meaning.facet === true);
}

function verb({ kind }: FieldChange): string {
  return { added: 'new', removed: 'without', changed: 'other', reordered: 'other order of' }[kind];
}

/** A path below its resource, with names and positions in lists as `[]`. */
function fieldName(path: FieldPath): string {
  let text = '';
  let field: string | undefined;
  for (const step of path.slice(2)) {
    const item = typeof step === 'number' || (field !== undefined && holdsList(field));
    text += item ? '[]' : `${text === '' ? '' : '.'}${step}`;
    field = item ? undefined : step;
  }
  return text;
}

const nouns: Readonly<Record<Section, readonly [string, string]>> = {
  clusters: ['cluster', 'clusters'],
  listeners: ['listener', 'listeners'],
  routes: ['route configuration', 'route configurations'],
  endpoints: ['load assignment', 'load assignments'],
  names: ['DNS name', 'DNS names'],
};

/** `3 clusters` */
function subjectOf(section: Section, count: number): string {
  return `${count} ${nouns[section][count === 1 ? 0 : 1]}`;
}

function inflect(phrase: string, count: number): string {
  const inflected = phrase.replace(/\(([^()|]*)\|([^()|]*)\)/g, (_, one: string, many: string) =>
    count === 1 ? one : many,
  );
  return `${inflected.startsWith(':') ? '' : ' '}${inflected}`;
}
