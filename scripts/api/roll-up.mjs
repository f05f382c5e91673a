// Puts the declarations of each entry into one file, for the package: what is not exported is not published.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { entries, extract } from './entries.mjs';

export function rollUpDeclarations() {
  const folder = mkdtempSync(path.join(tmpdir(), 'declarations-'));
  const rolled = entries.map((entry) => {
    const rollup = path.join(folder, `${entry.name}.d.ts`);
    if (!extract(entry, { rollup })) throw new Error(`The declarations of ${entry.name} cannot be put together.`);
    return [entry.types, readFileSync(rollup, 'utf8') + augmentationsIn(readFileSync(entry.types, 'utf8'))];
  });
  for (const file of declarationsIn('dist')) rmSync(file);
  for (const [file, text] of rolled) writeFileSync(file, text);
  rmSync(folder, { recursive: true });
}

/** What an entry adds to the types of another package; API Extractor leaves that out. */
function augmentationsIn(text) {
  return [...text.matchAll(/^declare module .*? \{\n.*?^\}\n/gms)].map(([block]) => `\n${block}`).join('');
}

function declarationsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => path.join(folder, file));
}
