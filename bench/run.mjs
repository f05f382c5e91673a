// What the pipeline costs, as ratios against js-yaml reading the same text in the same run: they mean something on any machine.
//   npm run bench                       meshes of 10, 100, 1,000 and 10,000 entries; a table
//   npm run bench -- --sizes 10,100000  other sizes
//   npm run bench -- --json FILE        the figures
//   npm run bench -- --check            fails where a ratio is more than half above bench/baseline.json
//   npm run bench -- --update           writes bench/baseline.json
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { measureBundles } from '../scripts/measure-bundles.mjs';
import { compareWithBaseline } from './compare-with-baseline.mjs';
import { describeMachine } from './describe-machine.mjs';
import { measureColdStart, measurePeak } from './measure-processes.mjs';
import { printColdStart, printGrowth, printSize } from './print-results.mjs';
import { growthOf, ratiosOf } from './ratios.mjs';

const baselineFile = 'bench/baseline.json';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000,10000' },
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
});

const stagesFile = await bundleStages();
try {
  const coldStart = measureColdStart();
  const sizes = {};
  for (const entries of options.sizes.split(',').map(Number)) {
    sizes[entries] = { ...measureSize(entries), peakMegabytes: measurePeak(stagesFile, entries) };
    printSize(entries, sizes[entries]);
  }
  const growth = growthOf(sizes);
  printGrowth(growth);
  printColdStart(coldStart);

  const ratios = ratiosOf({ sizes, coldStart });
  if (options.json) {
    const bundles = await measureBundles();
    writeJson(options.json, { measured: describeMachine(), sizes, coldStart, growth, bundles, ratios });
  }
  if (options.update) writeJson(baselineFile, ratios);
  if (options.check && !compareWithBaseline(ratios, JSON.parse(fs.readFileSync(baselineFile, 'utf8')))) {
    process.exitCode = 1;
  }
} finally {
  fs.rmSync(path.dirname(stagesFile), { recursive: true });
}

/** The stages and all that they need, in one file: a build meanwhile does not take it away. */
async function bundleStages() {
  const outfile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-bench-')), 'stages.mjs');
  await build({
    entryPoints: ['bench/stages.ts'],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

function measureSize(entries) {
  const args = ['bench/measure-size.mjs', stagesFile, String(entries)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** Four digits are more than a measurement is worth. */
function writeJson(file, value) {
  const shortened = (_key, part) => (typeof part === 'number' && part < 1_000 ? Number(part.toPrecision(4)) : part);
  fs.writeFileSync(file, `${JSON.stringify(value, shortened, 2)}\n`);
}
