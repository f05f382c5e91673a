// What the pipeline costs, as ratios against js-yaml reading the same text in the same run: they mean something on any machine.
//   npm run bench                       meshes of 10, 100, 1,000 and 10,000 entries; a table
//   npm run bench -- --sizes 10,100000  other sizes
//   npm run bench -- --json FILE        the figures
//   npm run bench -- --check            fails where a ratio is more than half above bench/baseline.json
//   npm run bench -- --update           writes bench/baseline.json
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { measure } from 'mitata';
import { generateMesh } from './generate-mesh.mjs';

const baselineFile = 'bench/baseline.json';
/** Noise of a busy machine stays below it; a quadratic loop does not. */
const tolerated = 1.5;

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
  const stages = await import(pathToFileURL(stagesFile).href);
  const results = { sizes: {}, coldStart: measureColdStart() };
  for (const entries of options.sizes.split(',').map(Number)) {
    const measured = await measureSize(stages, entries);
    results.sizes[entries] = { ...measured, peakMegabytes: measurePeak(stagesFile, entries) };
    printSize(entries, results.sizes[entries]);
  }
  printColdStart(results.coldStart);
  if (options.json) fs.writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  if (options.update) fs.writeFileSync(baselineFile, `${JSON.stringify(ratiosOf(results), null, 2)}\n`);
  if (options.check) compareWithBaseline(ratiosOf(results));
} finally {
  fs.rmSync(stagesFile);
}

/** In dist, beside the project's own modules, so that its dependencies are found. */
async function bundleStages() {
  const outfile = path.resolve('dist/bench-stages.mjs');
  await build({
    entryPoints: ['bench/stages.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    packages: 'external',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

/** Milliseconds of each stage, the fastest of several runs; `yaml` is what the others are compared with. */
async function measureSize(stages, entries) {
  const text = generateMesh(entries);
  const silent = () => undefined;
  const { proxy, settings } = stages.readScenario({}, silent);
  const { resources } = stages.readManifests(text, silent);
  const rules = { istioVersion: '1.30', statefulAllocation: true };
  const { accepted } = stages.validateResources(resources, silent, rules);
  const mesh = stages.registerMesh(accepted, settings, silent);
  const view = stages.scopeProxy(mesh, proxy);
  const clusters = stages.buildClusters(view);
  const listeners = stages.buildListeners(view);
  const routeNames = stages.referencedRouteNames(listeners);
  const translation = stages.translate(text);
  const changed = stages.translate(text.replace('connectTimeout: 5s', 'connectTimeout: 6s'));
  const request = { port: 80, protocol: 'http', host: 'web-1.example.org' };

  const runs = {
    yaml: () => stages.loadAll(text),
    read: () => stages.readManifests(text, silent),
    validate: () => stages.validateResources(resources, silent, rules),
    register: () => stages.registerMesh(accepted, settings, silent),
    scope: () => stages.scopeProxy(mesh, proxy),
    clusters: () => stages.buildClusters(view),
    listeners: () => stages.buildListeners(view),
    routes: () => stages.buildRouteConfigurations(view, routeNames),
    endpoints: () => stages.buildLoadAssignments(view, clusters),
    names: () => stages.buildNameTable(view),
    whole: () => stages.translate(text),
    explain: () => stages.explain(translation, request),
    diff: () => stages.diff(translation, changed),
    ...(entries <= 10_000 && { lint: () => stages.lint(text, { proxy: { namespace: 'default' } }) }),
    ...(entries <= 10 && { influence: () => stages.influence(text) }),
  };
  const milliseconds = {};
  for (const [name, run] of Object.entries(runs)) milliseconds[name] = await fastest(run);
  // Again, between the others' garbage: a machine that was busy at first gets a second chance.
  milliseconds.yaml = Math.min(milliseconds.yaml, await fastest(runs.yaml));
  milliseconds.whole = Math.min(milliseconds.whole, await fastest(runs.whole));
  return { megabytes: text.length / 1e6, milliseconds };
}

async function fastest(run) {
  const { min } = await measure(run, {
    min_samples: 5,
    max_samples: 200,
    min_cpu_time: 200e6,
    warmup_samples: 1,
    batch_threshold: 0,
  });
  return min / 1e6;
}

/** The most memory that a process ever had which translates once. */
function measurePeak(stagesFile, entries) {
  const script = `
    const { translate } = await import(${JSON.stringify(pathToFileURL(stagesFile).href)});
    const { generateMesh } = await import(${JSON.stringify(pathToFileURL(path.resolve('bench/generate-mesh.mjs')).href)});
    translate(generateMesh(${entries}));
    console.log(process.resourceUsage().maxRSS);`;
  return Math.round(Number(execFileSync(process.execPath, ['--input-type=module', '-e', script])) / 1024);
}

/** Milliseconds from start to end of a process: the command on an example of the guide, and Node.js that does nothing. */
function measureColdStart() {
  const example = 'golden/guide/pattern-1-external-http-api/input.yaml';
  const commands = {
    node: ['-e', '0'],
    translate: ['dist/cli.js', 'translate', '-f', example],
    help: ['dist/cli.js', '--help'],
  };
  const times = { node: [], translate: [], help: [] };
  for (let round = 0; round < 11; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
      if (status !== 0) throw new Error(`${args.join(' ')} ended with status ${status}`);
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, Math.min(...list)]));
}

function printSize(entries, { megabytes, milliseconds, peakMegabytes }) {
  console.log(
    `\n${entries.toLocaleString('en')} entries, ${megabytes.toFixed(1)} MB of YAML, ${peakMegabytes} MB at most`,
  );
  for (const [name, time] of Object.entries(milliseconds)) {
    const ratio = (time / milliseconds.yaml).toFixed(2);
    console.log(`  ${name.padEnd(10)} ${time.toFixed(2).padStart(10)} ms ${ratio.padStart(8)} × js-yaml`);
  }
}

function printColdStart({ node, translate, help }) {
  console.log(`\ncold start: node -e 0 ${node.toFixed(0)} ms`);
  for (const [name, time] of Object.entries({ translate, help })) {
    console.log(
      `  ${name.padEnd(10)} ${time.toFixed(0).padStart(10)} ms ${(time / node).toFixed(2).padStart(8)} × node -e 0`,
    );
  }
}

function ratiosOf({ sizes, coldStart }) {
  const rounded = (number) => Number(number.toPrecision(3));
  const ofSize = ({ milliseconds, peakMegabytes }) => {
    const ratios = Object.entries(milliseconds).map(([name, time]) => [name, rounded(time / milliseconds.yaml)]);
    return { ...Object.fromEntries(ratios), peakMegabytes };
  };
  return {
    sizes: Object.fromEntries(Object.entries(sizes).map(([entries, measured]) => [entries, ofSize(measured)])),
    coldStart: {
      translate: rounded(coldStart.translate / coldStart.node),
      help: rounded(coldStart.help / coldStart.node),
    },
  };
}

function compareWithBaseline(now) {
  const before = JSON.parse(fs.readFileSync(baselineFile, 'utf8'));
  const groups = [
    ...Object.entries(now.sizes).map(([entries, ratios]) => [`${entries} entries`, ratios, before.sizes[entries]]),
    ['cold start', now.coldStart, before.coldStart],
  ];
  let passed = 0;
  let failed = 0;
  for (const [group, ratios, known = {}] of groups) {
    for (const [name, ratio] of Object.entries(ratios)) {
      // Stages of a few microseconds say nothing.
      if (known[name] === undefined || ratio < 0.02) continue;
      if (ratio <= known[name] * tolerated) passed++;
      else {
        failed++;
        console.log(`${group}, ${name}: ${ratio}, was ${known[name]}`);
      }
    }
  }
  console.log(`bench: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
