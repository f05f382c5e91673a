import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleInput, temporaryFolders } from '../golden/temporary-folder.ts';
import { cliForTests } from './run-cli.ts';

const run = cliForTests();
const makeFolder = temporaryFolders();

describe('xdsim golden', () => {
  it('updates, checks, and fails where something differs', () => {
    const root = makeFolder({ 'a/input.yaml': exampleInput });
    expect(run(['golden', 'check', root]).status).toBe(1);
    expect(run(['golden', 'update', root])).toMatchObject({ status: 0, stderr: '' });
    expect(run(['golden', 'check', root])).toEqual({ status: 0, stdout: '1 case, 0 files differ\n', stderr: '' });
    fs.rmSync(path.join(root, 'a/clusters.yaml'));
    fs.writeFileSync(path.join(root, 'a/cluster.yaml'), 'a slip');
    const { status, stdout } = run(['golden', 'check', root]);
    expect(status).toBe(1);
    expect(stdout).toContain('a: clusters.yaml missing');
    expect(stdout).toContain('a/cluster.yaml: orphaned');
  });

  it('does not update where CI is set', () => {
    const root = makeFolder({ 'a/input.yaml': exampleInput });
    const { status, stderr } = run(['golden', 'update', root], { environment: { CI: 'true' } });
    expect(status).toBe(2);
    expect(stderr).toContain('CI is set');
    expect(fs.readdirSync(path.join(root, 'a'))).toEqual(['input.yaml']);
  });

  it.each([
    [['golden'], 'golden check DIR'],
    [['golden', 'check'], 'golden check DIR'],
    [['golden', 'destroy', 'golden'], 'golden check DIR'],
    [['golden', 'check', 'src'], 'no case below it'],
    [['golden', 'check', 'nowhere'], 'no such folder'],
    [['golden', 'check', 'golden', '-o', 'pdf'], 'choose text, json, github, junit or markdown'],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = run(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('finds the cases of this repository as they are', () => {
    expect(run(['golden', 'check', 'golden'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('watches, and looks again at the case that was changed', async () => {
    const root = makeFolder({ 'a/input.yaml': exampleInput, 'b/input.yaml': exampleInput });
    run(['golden', 'update', root]);
    const watching = spawn(process.execPath, [run.file, 'golden', 'update', root, '--watch'], {
      env: { ...process.env, CI: '' },
    });
    let output = '';
    watching.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const clusters = path.join(root, 'a/clusters.yaml');
    await expect.poll(() => output, { timeout: 20_000 }).toContain('watching');
    expect(output).toContain('2 cases, 0 files written');
    fs.writeFileSync(
      path.join(root, 'a/input.yaml'),
      exampleInput.replace('namespace: payments', 'namespace: default'),
    );
    await expect.poll(() => output, { timeout: 20_000 }).toContain('written  a/clusters.yaml');
    expect(fs.readFileSync(clusters, 'utf8')).toContain('api.example.com');
    expect(output).not.toContain('written  b/');
    watching.kill();
  });
});
