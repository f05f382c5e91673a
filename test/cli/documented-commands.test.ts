import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usage } from '../../src/cli/usage.ts';
import { cliForTests } from './run-cli.ts';

const run = cliForTests();
const commands = ['translate', 'lint', 'explain', 'diff', 'envoy', 'golden'];
const texts = [fs.readFileSync('README.md', 'utf8'), ...commands.map((command) => usage(command))].join('\n');

/** Command lines whose input is one of our golden cases; what writes a file is tried elsewhere. */
const documented = [...new Set(texts.match(/(?<=^ *xdsim )(?:translate|explain) -f golden\/.*$/gm))];

describe('what is documented', () => {
  it('names inputs that exist', () => {
    const inputs = [...texts.matchAll(/golden\/[\w./-]+\/input\.yaml(?!:)/g)].map(([input]) => input);
    expect(inputs.length).toBeGreaterThan(4);
    expect(inputs.filter((input) => !fs.existsSync(input))).toEqual([]);
  });

  it.each(documented)('xdsim %s', (line) => {
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    expect(run(args)).toMatchObject({ status: 0, stderr: '' });
  });

  it('has at least one example of translate and of explain', () => {
    expect(documented.map((line) => line.split(' ')[0])).toEqual(['translate', 'explain', 'explain']);
  });
});

describe('wrong usage', () => {
  it.each([
    [['lnt'], 'Did you mean "lint"?'],
    [['translate', '--namespce', 'a'], 'Did you mean --namespace?'],
    [['translate', '-f', 'package.json', '--scenario', 'src'], 'src: is a folder; name a file'],
    [['translate', '-f', 'package.json', '--istio-version', '1.12'], 'choose 1.29, 1.30 or 1.31'],
    [['explain', '-f', 'package.json', 'http://a/', '--via', 'a'], 'write NAMESPACE/NAME'],
    [['envoy', '-f', 'golden/guide/anatomy/input.yaml', '-o', 'src/nowhere/envoy.json'], 'cannot be written'],
  ])('%j ends with 2 and says what to do', (args, message) => {
    const { status, stderr } = run(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\nRun "xdsim .*--help" for /);
    expect(status).toBe(2);
  });

  it('names a resource and a field once in a line', () => {
    const entry = fs.readFileSync('golden/guide/anatomy/input.yaml', 'utf8').replace('resolution:', 'resolutoin:');
    const { stderr } = run(['translate', '-f', '-'], { input: entry });
    expect(stderr.match(/production\/external-api/g)).toHaveLength(1);
    expect(stderr.match(/spec\.resolutoin/g)).toHaveLength(1);
  });
});
