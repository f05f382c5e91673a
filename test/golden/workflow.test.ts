import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { cliForTests } from '../cli/run-cli.ts';
import { exampleInput, temporaryFolders } from './temporary-folder.ts';

const run = cliForTests();
const makeFolder = temporaryFolders();

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const workflow = load(fs.readFileSync('docs/workflows/golden.yml', 'utf8')) as {
  readonly jobs: { readonly golden: { readonly steps: readonly Step[] } };
};
const { steps } = workflow.jobs.golden;

/** Runs the steps as a runner does, in a folder with the command at hand. */
function runSteps(root: string) {
  const shims = path.join(root, '.bin');
  fs.mkdirSync(shims);
  const shim = `#!/bin/sh\n[ "$1" = xdsim ] && shift && exec "${process.execPath}" "${run.file}" "$@"\nexit 127\n`;
  fs.writeFileSync(path.join(shims, 'npx'), shim, { mode: 0o755 });
  fs.writeFileSync(path.join(shims, 'npm'), '#!/bin/sh\n[ "$1" = ci ]\n', { mode: 0o755 });
  const summary = path.join(root, 'summary.md');
  fs.writeFileSync(summary, '');
  const environment = {
    ...process.env,
    CI: 'true',
    GITHUB_STEP_SUMMARY: summary,
    PATH: `${shims}:${process.env.PATH}`,
  };

  let failed = false;
  const uploads: unknown[] = [];
  let output = '';
  for (const step of steps) {
    const wanted = step.if === undefined ? !failed : step.if.startsWith('failure()') && failed;
    if (!wanted) continue;
    if (step.uses?.startsWith('actions/upload-artifact')) uploads.push(step.with?.path);
    if (step.run === undefined) continue;
    const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    });
    output += stdout;
    if (status !== 0) failed = true;
  }
  return { failed, uploads, output, summary: fs.readFileSync(summary, 'utf8') };
}

describe('the workflow that teams copy', () => {
  const prepare = () => {
    const root = makeFolder({
      'golden/api/input.yaml': exampleInput,
      'golden/api/scenario.yaml': 'proxy: {namespace: payments}\n',
    });
    run(['golden', 'update', path.join(root, 'golden')]);
    return root;
  };

  it('passes where nothing differs', () => {
    expect(runSteps(prepare())).toMatchObject({ failed: false, uploads: [], summary: '' });
  });

  it('fails with annotations, a summary and the new files', () => {
    const root = prepare();
    fs.writeFileSync(path.join(root, 'golden/api/input.yaml'), exampleInput.replace('3s', '5s'));
    const { failed, uploads, output, summary } = runSteps(root);
    expect(failed).toBe(true);
    expect(output).toContain('::error file=golden/api/input.yaml,line=18,');
    expect(summary).toContain('- 1 cluster waits 5s instead of 3s for a connection');
    expect(uploads).toEqual(['new-golden']);
    expect(fs.readFileSync(path.join(root, 'new-golden/api/clusters.yaml'), 'utf8')).toContain('connectTimeout: 5s');
    expect(fs.readFileSync(path.join(root, 'golden/api/clusters.yaml'), 'utf8')).toContain('connectTimeout: 3s');
  });
});
