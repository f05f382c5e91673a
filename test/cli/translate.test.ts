import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliForTests } from './run-cli.ts';

const runCli = cliForTests();
const run = (args: readonly string[], input = '') => runCli(args, { input });
const example = 'golden/guide/pattern-4-multiple-ports/input.yaml';

describe('xdsim translate', () => {
  it('prints tables', () => {
    const { status, stdout } = run(['translate', '-f', example]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^es\.example\.com +9200 +- +outbound +STRICT_DNS$/m);
    expect(stdout).toMatch(/^0\.0\.0\.0 +9300 +ALL +Cluster: outbound\|9300\|\|es\.example\.com$/m);
  });

  it('prints only the types asked for, as JSON', () => {
    const { stdout } = run(['translate', '-f', example, '-t', 'clusters,names', '-o', 'json']);
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual(['clusters', 'nameTable']);
    expect(answer.clusters).toHaveLength(5);
  });

  it('reads standard input', () => {
    const { stdout } = run(['translate', '-f', '-', '-t', 'clusters'], fs.readFileSync(example, 'utf8'));
    expect(stdout).toContain('es.example.com');
  });

  it('takes the proxy from options', () => {
    const { stdout } = run([
      'translate',
      '-f',
      'golden/guide/anatomy/input.yaml',
      '--namespace',
      'elsewhere',
      '-t',
      'clusters',
    ]);
    expect(stdout).not.toContain('api.stripe.com');
  });

  it('names file, line and column of unreadable YAML, and still prints the rest', () => {
    const broken = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-')), 'broken.yaml');
    fs.writeFileSync(broken, `a: [1\nb: }\n---\n${fs.readFileSync(example, 'utf8')}`);
    const { status, stdout, stderr } = run(['translate', '-f', broken]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/broken\.yaml:\d+:\d+: error: .*\[yaml-syntax\]/);
    expect(stdout).toContain('es.example.com');
  });

  it('answers 1 where a resource is refused', () => {
    const { status, stderr } = run(
      ['translate', '-f', '-'],
      'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspec: {hosts: []}\n',
    );
    expect(status).toBe(1);
    expect(stderr).toContain('[resource-refused]');
  });

  it.each([
    [[]],
    [['-f', 'no-such-file.yaml']],
    [['-f', example, '-o', 'xml']],
    [['-f', example, '--wrong']],
    [['-f', example, '-t', 'clusterz']],
  ])('answers 2 to %j', (args) => {
    const { status, stderr } = run(['translate', ...args]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^xdsim: /);
  });
});
