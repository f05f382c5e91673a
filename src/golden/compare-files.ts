import { load } from 'js-yaml';
import { contentKey } from '../diff/content-key.ts';
import { diff } from '../diff/diff.ts';
import type { Difference } from '../diff/difference.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { type GoldenFileName, type GoldenFiles, goldenFileNames } from './render-view.ts';

/** How the files of one proxy differ from what they should hold. */
export interface FilesComparison {
  readonly files: readonly { readonly name: GoldenFileName; readonly state: FileState }[];
  /** What the proxy gets now, against what the files say. */
  readonly differences: readonly Difference[];
  /** Explanations and diagnostics that differ, a line each, with `-` and `+`; none for a file that is new or gone. */
  readonly lines: readonly string[];
}

/** `stale`: the content differs; `missing`: there is no file; `orphaned`: the file should not be there. */
export type FileState = 'stale' | 'missing' | 'orphaned';

export function compareFiles(written: GoldenFiles, wanted: GoldenFiles): FilesComparison {
  const files = goldenFileNames.flatMap((name) => {
    const state = stateOf(written.get(name), wanted.get(name));
    return state === undefined ? [] : [{ name, state }];
  });
  const stale = new Set(files.filter(({ state }) => state === 'stale').map(({ name }) => name));
  return {
    files,
    differences: files.length === 0 ? [] : diff(readSnapshot(written), readSnapshot(wanted)),
    lines: [
      ...(stale.has('explanations.yaml') ? explanationLines(written, wanted) : []),
      ...(stale.has('diagnostics.txt') ? diagnosticLines(written, wanted) : []),
    ],
  };
}

function stateOf(written: string | undefined, wanted: string | undefined): FileState | undefined {
  if (written === wanted) return undefined;
  if (written === undefined) return 'missing';
  return wanted === undefined ? 'orphaned' : 'stale';
}

/** What the files say the proxy gets. A file that is no longer YAML says nothing. */
function readSnapshot(files: GoldenFiles): Snapshot {
  const list = <T>(name: GoldenFileName): readonly T[] => {
    const value = readYaml(files.get(name));
    return Array.isArray(value) ? (value.filter(isObject) as T[]) : [];
  };
  const table = readYaml(files.get('names.yaml'));
  return {
    clusters: list('clusters.yaml'),
    listeners: list('listeners.yaml'),
    routes: list('routes.yaml'),
    endpoints: list('endpoints.yaml'),
    nameTable: { table: (isObject(table) ? table : {}) as Snapshot['nameTable']['table'] },
  };
}

function readYaml(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : load(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function explanationLines(written: GoldenFiles, wanted: GoldenFiles): readonly string[] {
  const before = explanationsIn(written);
  const after = explanationsIn(wanted);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((request) => {
    const [was, is] = [before.get(request), after.get(request)];
    const lines = [...summary('-', was, is), ...summary('+', is, was)];
    return lines.length === 0 ? [] : [`${request}:`, ...lines];
  });
}

/** What becomes of each request, by what was asked: traces are asked by URL. */
function explanationsIn(files: GoldenFiles): ReadonlyMap<string, object> {
  const list = readYaml(files.get('explanations.yaml'));
  const explanations = Array.isArray(list) ? list.filter(isObject) : [];
  return new Map(
    explanations.map((explanation) => {
      const { request, url, ...outcome } = explanation as { readonly request?: unknown; readonly url?: unknown };
      const asked = url ?? request;
      return [typeof asked === 'string' ? asked : contentKey(asked), outcome];
    }),
  );
}

/** What one side says and the other does not, on one line. */
function summary(sign: string, outcome: object | undefined, other: object = {}): readonly string[] {
  if (outcome === undefined) return [];
  const elsewhere = new Map(Object.entries(other).map(([key, value]) => [key, JSON.stringify(value)]));
  const changed = Object.entries(outcome).filter(([key, value]) => elsewhere.get(key) !== JSON.stringify(value));
  const texts = changed.map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  return texts.length === 0 ? [] : [`${sign} ${texts.join(', ')}`];
}

function diagnosticLines(written: GoldenFiles, wanted: GoldenFiles): readonly string[] {
  const [before, after] = [written, wanted].map((files) => (files.get('diagnostics.txt') ?? '').split('\n')) as [
    string[],
    string[],
  ];
  return [
    ...before.filter((line) => line !== '' && !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => line !== '' && !before.includes(line)).map((line) => `+ ${line}`),
  ];
}
