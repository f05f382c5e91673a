import path from 'node:path/posix';
import type { CheckOptions } from './check-cases.ts';
import { findCases } from './find-cases.ts';
import { findOrphans } from './find-orphans.ts';
import type { GoldenCase } from './golden-case.ts';
import type { GoldenFolder } from './golden-folder.ts';
import { readWrittenFiles } from './read-written-files.ts';
import { type GoldenFiles, goldenFileNames, isGoldenFileName, renderView } from './render-view.ts';

/** What an update did; files are relative to the root. */
export interface UpdateResult {
  readonly cases: number;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Files that belong to no case and may be somebody's: they are left alone. */
  readonly orphans: readonly string[];
}

/** Rewrites the golden files of every case, and removes those of proxies and sections that are gone. */
export function updateCases(folder: GoldenFolder, { only = () => true, meshes }: CheckOptions = {}): UpdateResult {
  const cases = findCases(folder);
  const written: string[] = [];
  const removed: string[] = [];
  for (const updated of cases.filter((candidate) => only(candidate.folder))) {
    const mesh = meshes?.meshOf(updated);
    for (const view of updated.views) {
      const wanted = renderView(updated.manifests, view.scenario, { requests: view.requests, mesh });
      const changes = writeFiles(folder, path.join(updated.folder, view.folder), wanted);
      written.push(...changes.written);
      removed.push(...changes.removed);
    }
  }
  const [gone, orphans] = partition(findOrphans(folder, cases), (file) => isOfCase(file, cases));
  for (const file of gone) folder.remove(file);
  return { cases: cases.length, written, removed: [...removed, ...gone], orphans };
}

/** Writes what differs, removes what should not be there. */
export function writeFiles(
  folder: GoldenFolder,
  viewFolder: string,
  wanted: GoldenFiles,
): Pick<UpdateResult, 'written' | 'removed'> {
  const before = readWrittenFiles(folder, viewFolder);
  const written = goldenFileNames.filter((name) => wanted.has(name) && wanted.get(name) !== before.get(name));
  const removed = goldenFileNames.filter((name) => !wanted.has(name) && before.has(name));
  for (const name of written) folder.write(path.join(viewFolder, name), wanted.get(name) ?? '');
  for (const name of removed) folder.remove(path.join(viewFolder, name));
  return {
    written: written.map((name) => path.join(viewFolder, name)),
    removed: removed.map((name) => path.join(viewFolder, name)),
  };
}

/** A golden file in a case's own folder, or directly below it in one that was a proxy's. */
function isOfCase(file: string, cases: readonly GoldenCase[]): boolean {
  const folder = path.dirname(file);
  const around = [folder, path.dirname(folder)];
  return isGoldenFileName(path.basename(file)) && cases.some((known) => around.includes(known.folder));
}

function partition<T>(items: readonly T[], chosen: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(chosen), items.filter((item) => !chosen(item))];
}
