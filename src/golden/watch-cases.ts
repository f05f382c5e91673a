import fs from 'node:fs';
import path from 'node:path';
import type { GoldenFolder } from './golden-folder.ts';
import { isGoldenFileName } from './render-view.ts';

/** Editors write a file in several steps; what happens this close together is one change. */
const settlingMilliseconds = 100;

export interface Watching {
  /** From here on, no change is missed. */
  readonly started: () => void;
  readonly changed: (only: (folder: string) => boolean) => void;
}

/**
 * Calls back with the cases whose input has changed, until the process is told to stop. What the callback itself writes
 * does not count. Never resolves by itself.
 */
export function watchCases(folder: GoldenFolder, { started, changed }: Watching): Promise<never> {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    const files = [...pending];
    pending.clear();
    changed((caseFolder) => files.some((file) => isBelow(file, caseFolder)));
  };
  return new Promise((_, reject) => {
    const watcher = fs.watch(folder.root, { recursive: true }, (_event, name) => {
      if (name === null || isGoldenFileName(path.basename(name))) return;
      pending.add(name.split(path.sep).join('/'));
      clearTimeout(timer);
      timer = setTimeout(settle, settlingMilliseconds);
    });
    watcher.on('error', reject);
    started();
  });
}

function isBelow(file: string, caseFolder: string): boolean {
  return caseFolder === '.' || file === caseFolder || file.startsWith(`${caseFolder}/`);
}
