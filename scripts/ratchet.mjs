// Keeps what is won: the number of recorded cases that are equal, per group and Istio version, may not fall.
//   node scripts/ratchet.mjs            compares dist/ with .ci/ratchet.json
//   node scripts/ratchet.mjs --update   raises the numbers (never lowers them)
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const check = '../shared/conformance/check.mjs';
const file = '.ci/ratchet.json';
const runs = {
  '1.30': [],
  1.29: ['--version', '1.29'],
  1.31: ['--version', '1.31'],
  explanations: ['--explain'],
};

if (!fs.existsSync(check)) {
  console.log(`conformance: skipped, because the recordings (${check}) are not beside this checkout`);
  process.exit(0);
}

const committed = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
const measured = Object.fromEntries(Object.entries(runs).map(([name, args]) => [name, equalCases(args)]));

let passed = 0;
let failed = 0;
for (const [run, groups] of Object.entries(committed)) {
  for (const [group, wanted] of Object.entries(groups)) {
    const got = measured[run]?.[group] ?? 0;
    if (got >= wanted) passed++;
    else {
      failed++;
      console.log(`${run}, ${group}: ${got} cases are equal, ${wanted} were`);
    }
  }
}
if (process.argv.includes('--update')) {
  const raised = Object.fromEntries(
    Object.entries(measured).map(([run, groups]) => [
      run,
      Object.fromEntries(Object.entries(groups).map(([g, n]) => [g, Math.max(n, committed[run]?.[g] ?? 0)])),
    ]),
  );
  fs.writeFileSync(file, `${JSON.stringify(raised, null, 2)}\n`);
}
console.log(`ratchet: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function equalCases(args) {
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [check, 'dist/index.js', '--json', '--min', '0', ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (error || stdout === '') throw new Error(`the conformance check did not run: ${error?.message ?? stderr}`);
  const { groups, percent, equal } = JSON.parse(stdout);
  const what = args[0] === '--explain' ? 'explanations' : `Istio ${args[1] ?? '1.30'}`;
  console.log(`${what}: ${equal} recorded cases equal (${percent.toFixed(1)} %)`);
  return Object.fromEntries(Object.entries(groups).map(([group, tally]) => [group, tally.equal]));
}
