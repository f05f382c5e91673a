import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import type { Scenario } from '../model/scenario.ts';
import { type GoldenFileName, goldenFileNames, renderCase } from './render-case.ts';

/** Every folder below `root` that holds an input.yaml, in the order of their paths. Symbolic links are not followed. */
export function findCases(root: string): readonly string[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'input.yaml')
    .map((entry) => entry.parentPath)
    .sort();
}

/** What the library makes of a case today. */
export function renderCaseFolder(folder: string): ReadonlyMap<GoldenFileName, string> {
  const manifest = { file: 'input.yaml', text: fs.readFileSync(path.join(folder, 'input.yaml'), 'utf8') };
  return renderCase([manifest], readScenarioFile(path.join(folder, 'scenario.yaml')));
}

function readScenarioFile(file: string): Scenario {
  return fs.existsSync(file) ? ((load(fs.readFileSync(file, 'utf8')) ?? {}) as Scenario) : {};
}

/** A golden file that does not hold what the library makes. */
export interface GoldenDifference {
  readonly file: string;
  /** `stale`: the content differs; `missing`: there is no file; `orphaned`: the file should not be there. */
  readonly state: 'stale' | 'missing' | 'orphaned';
}

const inputFiles: ReadonlySet<string> = new Set(['input.yaml', 'scenario.yaml']);

/** Compares the golden files of one case; anything else in the folder is orphaned. */
export function checkCaseFolder(folder: string): readonly GoldenDifference[] {
  const wanted = renderCaseFolder(folder);
  const written = goldenFileNames.flatMap((name): GoldenDifference[] => {
    const file = path.join(folder, name);
    const content = wanted.get(name);
    if (content === undefined) return [];
    if (!fs.existsSync(file)) return [{ file, state: 'missing' }];
    return fs.readFileSync(file, 'utf8') === content ? [] : [{ file, state: 'stale' }];
  });
  const orphaned = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !inputFiles.has(entry.name) && !wanted.has(entry.name as GoldenFileName))
    .map((entry): GoldenDifference => ({ file: path.join(folder, entry.name), state: 'orphaned' }));
  return [...written, ...orphaned];
}

/** Rewrites the golden files of one case and removes those that have become empty. Files it does not know are left alone. */
export function updateCaseFolder(folder: string): void {
  const wanted = renderCaseFolder(folder);
  for (const name of goldenFileNames) {
    const file = path.join(folder, name);
    const content = wanted.get(name);
    if (content === undefined) fs.rmSync(file, { force: true });
    else fs.writeFileSync(file, content);
  }
}
