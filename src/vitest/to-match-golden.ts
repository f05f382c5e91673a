import fs from 'node:fs';
import path from 'node:path';
import { compareFiles } from '../golden/compare-files.ts';
import type { CaseRequest } from '../golden/golden-case.ts';
import { openGoldenFolder } from '../golden/golden-folder.ts';
import { readWrittenFiles } from '../golden/read-written-files.ts';
import { renderTranslation } from '../golden/render-view.ts';
import { writeFiles } from '../golden/update-cases.ts';
import { reportDifferences } from '../print/differences/report-differences.ts';
import { differencesText } from '../print/differences/text.ts';
import type { Translation } from '../translate.ts';

/** Vitest's update flag: `-u` is `all`, `new` writes what is not there yet, CI has `none`. */
export type UpdateMode = 'all' | 'new' | 'none';

export interface GoldenOptions {
  /** Requests to explain in the folder, too: as `explain` takes them, or URLs. */
  readonly requests?: readonly CaseRequest[];
}

export interface GoldenMatch {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Compares a translation with the golden files in a folder, or writes them. */
export function matchGolden(
  translation: Translation,
  folder: string,
  { update, requests = [] }: GoldenOptions & { readonly update: UpdateMode },
): GoldenMatch {
  const wanted = renderTranslation(translation, requests);
  const isNew = !fs.existsSync(folder);
  if (update === 'all' || (update === 'new' && isNew)) {
    fs.mkdirSync(folder, { recursive: true });
    writeFiles(openGoldenFolder(folder), '.', wanted);
    return { pass: true, message: () => `${named(folder)} holds this translation` };
  }
  if (isNew) return { pass: false, message: () => `${named(folder)} does not exist; run Vitest with -u to write it` };

  const { files, differences, lines } = compareFiles(readWrittenFiles(openGoldenFolder(folder), '.'), wanted);
  const states = files.map(({ name, state }) => `${name} ${state}`).join(', ');
  const details = [differencesText(reportDifferences(differences)), ...lines.map((line) => `${line}\n`)].join('');
  return files.length === 0
    ? { pass: true, message: () => `${named(folder)} holds this translation` }
    : { pass: false, message: () => `${named(folder)}: ${states}\n${details}If this is meant, run Vitest with -u.` };
}

function named(folder: string): string {
  return path.relative(process.cwd(), folder) || '.';
}
