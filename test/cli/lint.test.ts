import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliForTests } from './run-cli.ts';

const run = cliForTests();
const warns = 'golden/lint/double-tls/fires.yaml';
const fails = 'golden/lint/static-with-host-name/fires.yaml';
const clean = 'golden/lint/tcp-without-address/silent.yaml';

describe('xdsim lint', () => {
  it.each([
    ['nothing to report', ['-f', clean], 0],
    ['warnings', ['-f', warns], 0],
    ['warnings, where they fail', ['-f', warns, '--fail-on', 'warning'], 1],
    ['infos, where they fail', ['-f', 'golden/lint/synthetic-host/fires.yaml', '--fail-on', 'info'], 1],
    ['an error', ['-f', fails], 1],
    ['an ignored error', ['-f', fails, '--ignore', 'static-with-host-name'], 0],
    ['a document that cannot be read', ['-f', 'golden/lint/yaml-syntax/fires.yaml'], 2],
    ['an unknown format', ['-f', clean, '-o', 'xml'], 2],
    ['an unknown severity', ['-f', clean, '--fail-on', 'fatal'], 2],
    ['no input', [], 2],
  ])('of %s: %j exits with %i', (_, args, status) => {
    expect(run(['lint', ...args]).status).toBe(status);
  });

  it.each(['json', 'github', 'sarif'])('exits with the same status as %s', (format) => {
    expect(run(['lint', '-f', fails, '-o', format]).status).toBe(1);
    expect(run(['lint', '-f', warns, '-o', format]).status).toBe(0);
  });

  it('groups by file, and shows the line with a caret under the field', () => {
    const { stdout } = run(['lint', '-f', warns, '-f', fails]);
    const lines = stdout.split('\n');
    const at = lines.findIndex((line) => line.includes('double-tls  DestinationRule'));
    expect(lines.slice(0, at)).toContain(warns);
    expect(lines[at + 1]).toMatch(/^ +25 \| +mode: SIMPLE$/);
    expect(lines[at + 2]).toMatch(/^ +\| +\^+$/);
    expect(lines[at + 2]?.indexOf('^')).toBe(lines[at + 1]?.indexOf('mode'));
    expect(stdout).toContain(fails);
    expect(stdout).toMatch(/^1 error, \d+ warnings?, \d+ info$/m);
  });

  it('annotates for GitHub', () => {
    const { stdout } = run(['lint', '-f', warns, '-o', 'github']);
    expect(stdout).toMatch(
      /^::warning file=golden\/lint\/double-tls\/fires\.yaml,line=25,endLine=25,col=7,endColumn=19,title=double-tls%3A DestinationRule default\/originate::Connections to api\.example\.com, port 443, are encrypted twice/m,
    );
  });

  it('prints JSON that names file, line and column', () => {
    const { stdout } = run(['lint', '-f', warns, '-o', 'json']);
    const found = (JSON.parse(stdout) as { code: string }[]).find(({ code }) => code === 'double-tls');
    expect(found).toMatchObject({
      severity: 'warning',
      resource: { kind: 'DestinationRule', namespace: 'default', name: 'originate' },
      path: 'spec.trafficPolicy.tls',
      range: { file: warns, line: 25, column: 7 },
    });
  });

  it('looks from a proxy that options describe', () => {
    const { stdout } = run([
      'lint',
      '-f',
      'golden/lint/tcp-without-address/fires.yaml',
      '--namespace',
      'default',
      '--dns-capture',
    ]);
    expect(stdout).toBe('Nothing to report.\n');
  });

  it('names the equal codes of other tools, and reports an unused --ignore', () => {
    const { stdout } = run([
      'lint',
      '-f',
      'golden/lint/tcp-without-address/fires.yaml',
      '--ignore',
      'double-tls,tcp-with-address',
    ]);
    expect(stdout).toContain('see IST0134');
    expect(stdout).toContain('"double-tls" is ignored but not reported; remove it.');
    expect(stdout).toContain(
      '"tcp-with-address" is no code of lint, so ignoring it does nothing. Did you mean "tcp-without-address"?',
    );
  });

  it('reads a folder', () => {
    const { stdout } = run(['lint', '-f', 'golden/lint/unknown-destination']);
    expect(stdout).toContain(path.join('golden/lint/unknown-destination', 'fires.yaml'));
  });

  it('reads standard input', () => {
    const { stdout } = run(['lint', '-f', '-'], { input: fs.readFileSync(warns, 'utf8') });
    expect(stdout).toContain('(standard input)');
  });
});
