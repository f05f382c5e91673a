import path from 'node:path/posix';
import { listFolders } from './find-cases.ts';
import type { GoldenCase } from './golden-case.ts';
import type { GoldenFolder } from './golden-folder.ts';
import { isGoldenFileName } from './render-view.ts';

const inputFiles: ReadonlySet<string> = new Set(['input.yaml', 'scenario.yaml']);

/**
 * Files that nothing looks at: golden files in a folder that is no case or no proxy of one any more, and in a case YAML
 * or text of another name, which is often a slip. Golden files of a proxy are compared with what it gets.
 */
export function findOrphans(folder: GoldenFolder, cases: readonly GoldenCase[]): readonly string[] {
  const caseFolders = new Set(cases.map((known) => known.folder));
  const viewFolders = new Set(
    cases.flatMap((known) => known.views.map((view) => path.join(known.folder, view.folder))),
  );
  return listFolders(folder).flatMap(({ path: found, entries }) => {
    const files = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
    const ours = caseFolders.has(found) || viewFolders.has(found);
    // Elsewhere, files of these names may be anybody's: only clusters beside listeners were written by us.
    const leftOver = files.includes('clusters.yaml') && files.includes('listeners.yaml');
    return files
      .filter((name) => {
        if (isGoldenFileName(name)) return ours ? !viewFolders.has(found) : leftOver;
        return ours && /\.(ya?ml|txt)$/.test(name) && !(caseFolders.has(found) && inputFiles.has(name));
      })
      .map((name) => path.join(found, name));
  });
}
