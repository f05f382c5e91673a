import path from 'node:path/posix';
import type { GoldenFolder } from './golden-folder.ts';
import { type GoldenFiles, goldenFileNames } from './render-view.ts';

/** The golden files that a proxy's folder holds. */
export function readWrittenFiles(folder: GoldenFolder, viewFolder: string): GoldenFiles {
  return new Map(
    goldenFileNames.flatMap((name) => {
      const content = folder.read(path.join(viewFolder, name));
      return content === undefined ? [] : [[name, content] as const];
    }),
  );
}
