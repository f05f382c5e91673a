import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cliForTests } from './run-cli.ts';

const run = cliForTests();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-diff-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const before = 'golden/guide/tls-origination/input.yaml';
const after = path.join(folder, 'after.yaml');
fs.writeFileSync(
  after,
  fs.readFileSync(before, 'utf8').replace('mode: SIMPLE', 'mode: SIMPLE\n        insecureSkipVerify: true'),
);

describe('xdsim diff', () => {
  it('says what a change of the input means, and names the line behind it', () => {
    const { status, stdout } = run(['diff', before, after]);
    expect(status).toBe(1);
    expect(stdout).toContain(
      '1 cluster no longer verifies server certificates, no longer checks that server certificates name the SNI (outbound|443||api.external-service.com)\n',
    );
    expect(stdout).toContain(
      `  ← ${after}:32 DestinationRule default/external-api-tls spec.trafficPolicy.portLevelSettings[0].tls.insecureSkipVerify\n`,
    );
    expect(stdout.split('\n').length).toBeLessThan(10);
  });

  it('finds nothing between equal inputs', () => {
    expect(run(['diff', '-f', before, '-f', before])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('looks from every namespace that appears, unless one is named', () => {
    const entry = (exportTo: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: payments}
spec: {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS, exportTo: ["${exportTo}"]}
`;
    const [hidden, shown] = [path.join(folder, 'hidden.yaml'), path.join(folder, 'shown.yaml')];
    fs.writeFileSync(hidden, entry('.'));
    fs.writeFileSync(shown, entry('orders'));
    expect(run(['diff', hidden, shown]).stdout).toContain(
      '1 cluster is gone (outbound|443||api.example.com), seen from payments\n',
    );
    expect(run(['diff', hidden, shown, '--namespace', 'default']).status).toBe(0);
  });

  it('reports what an upgrade changes, and which input it concerns', () => {
    const { status, stdout } = run([
      'diff',
      '-f',
      before,
      '--from-version',
      '1.29',
      '--to-version',
      '1.31',
      '-o',
      'json',
    ]);
    expect(status).toBe(1);
    const { groups, differences } = JSON.parse(stdout);
    expect(groups.map(({ text }: { text: string }) => text)).toContain(
      '2 clusters tell other things of endpoints, such as their workload',
    );
    expect(differences.length).toBeGreaterThan(0);
    for (const { causes } of groups) expect(causes[0]).toMatchObject({ resource: { name: 'external-api' } });
  });

  it('writes Markdown', () => {
    const { stdout } = run(['diff', before, after, '-o', 'markdown']);
    expect(stdout).toMatch(/^### Clusters\n\n- 1 cluster no longer verifies server certificates, [^(]+ \(`/);
    expect(stdout).toContain('<details><summary>outbound|443||api.external-service.com</summary>');
  });

  it.each([
    [['diff', before], 'name two inputs'],
    [['diff', before, before, after], 'name two inputs'],
    [['diff', '-f', before, '--to-version', '1.12'], 'choose 1.29, 1.30 or 1.31'],
    [['diff', '-f', before, '--config-dump', before], 'no configuration dump'],
    [['diff', before, after, '-o', 'yaml'], 'choose text, json or markdown'],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = run(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('xdsim diff --config-dump', () => {
  const dump = 'test/dump/config-dump.json';
  const input = 'golden/guide/sticky-sessions-header/input.yaml';

  it('compares what a live proxy has with what it would get', () => {
    const { status, stdout } = run(['diff', '-f', input, '--config-dump', dump]);
    expect(status).toBe(1);
    // The dump was made without DNS capture; its node says that the proxy has it.
    expect(stdout).toContain('1 route configuration now answers to 240.240.0.1');
    expect(stdout).not.toContain('load assignment');
  });

  it('lets a scenario overrule what the dump says', () => {
    const scenario = path.join(folder, 'scenario.yaml');
    fs.writeFileSync(scenario, 'proxy: {metadata: {DNS_CAPTURE: "false"}}\n');
    const { stdout } = run(['diff', '-f', input, '--config-dump', dump, '--scenario', scenario]);
    expect(stdout).not.toContain('240.240.0.1');
  });
});
