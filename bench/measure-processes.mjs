import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { timed } from './fastest.mjs';
import { generateMesh } from './generate-mesh.mjs';

/** Megabytes: the most memory that a process ever had which reads a file and translates it once. */
export function measurePeak(stagesFile, entries) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-bench-'));
  const file = path.join(folder, 'mesh.yaml');
  const script = `
    import fs from 'node:fs';
    const { translate } = await import(${JSON.stringify(pathToFileURL(stagesFile).href)});
    translate(fs.readFileSync(${JSON.stringify(file)}, 'utf8'));
    console.log(process.resourceUsage().maxRSS);`;
  try {
    fs.writeFileSync(file, generateMesh(entries));
    const [kilobytes] = [execFileSync(process.execPath, ['--input-type=module', '-e', script])].map(Number);
    return Math.round(kilobytes / 1024);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const examples = [
  'pattern-1-external-http-api',
  'pattern-3-legacy-internal',
  'tls-origination',
  'retries-and-timeouts',
];
const inputs = examples.map((name) => ['-f', `golden/guide/${name}/input.yaml`]);
const clusterOfExample = 'clusters["outbound|443||api.stripe.com"].type';

/** Each command on an example of the guide, the one that matters most on several. */
const commands = {
  node: [['-e', '0']],
  help: [['dist/cli.js', '--help']],
  translate: inputs.map((input) => ['dist/cli.js', 'translate', ...input]),
  explain: [['dist/cli.js', 'explain', ...inputs[0], 'https://api.stripe.com/']],
  lint: [['dist/cli.js', 'lint', ...inputs[0]]],
  why: [['dist/cli.js', 'explain', ...inputs[0], '--why', clusterOfExample]],
};

/**
 * Milliseconds from start to end of a process: each command on the example that takes it longest, and Node.js that does
 * nothing. In turns, so that all meet the same machine, and of each the fastest.
 */
export function measureColdStart(rounds = 15) {
  const fastestOf = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, argumentLists] of Object.entries(commands)) {
      for (const [index, args] of argumentLists.entries()) {
        const time = timed(() => start(args));
        fastestOf[name][index] = Math.min(fastestOf[name][index] ?? time, time);
      }
    }
  }
  return Object.fromEntries(Object.entries(fastestOf).map(([name, times]) => [name, Math.max(...times)]));
}

function start(args) {
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  // 1: something was found, by lint for example.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with status ${status}: ${stderr}`);
}
