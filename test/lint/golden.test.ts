import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { describeCodes, diagnosticCodes, lint, type Scenario } from '../../src/index.ts';
import { rules } from '../../src/lint/rules.ts';
import { printText } from '../../src/print/diagnostics/text.ts';

/**
 * golden/lint/<code>: `fires.yaml` makes the mistake, `silent.yaml` looks alike and does not. A scenario is for both, or
 * with `fires.` in front for the one. `fires.txt` is what the command prints; `vitest -u` rewrites it.
 */
const root = 'golden/lint';
const codes = readdirSync(root).sort();

function lintFile(code: string, name: 'fires' | 'silent') {
  const file = `${name}.yaml`;
  const files = [{ file, text: readFileSync(path.join(root, code, file), 'utf8') }];
  const scenario = [`${name}.scenario.yaml`, 'scenario.yaml']
    .map((one) => path.join(root, code, one))
    .find((one) => existsSync(one));
  const diagnostics = lint(files, scenario ? (load(readFileSync(scenario, 'utf8')) as Scenario) : {});
  return { files, diagnostics };
}

describe('golden/lint', () => {
  it('has a case for every rule', () => {
    expect(rules.map(({ code }) => code).filter((code) => !codes.includes(code))).toEqual([]);
    expect(codes.filter((code) => !Object.hasOwn(diagnosticCodes, code))).toEqual([]);
  });

  it.each(describeCodes())('$code has a page to fill', ({ documentation, summary, page, code }) => {
    expect(documentation.length).toBeGreaterThan(summary.length);
    expect(page.endsWith(`/diagnostics/${code}`)).toBe(true);
  });

  it.each(codes)('%s fires', async (code) => {
    const { files, diagnostics } = lintFile(code, 'fires');
    expect(diagnostics.map((one) => one.code)).toContain(code);
    const printed = printText(diagnostics, { files, codes: describeCodes(), toolVersion: '' });
    await expect(printed).toMatchFileSnapshot(path.resolve(root, code, 'fires.txt'));
  });

  it.each(codes)('%s stays silent', (code) => {
    expect(lintFile(code, 'silent').diagnostics.map((one) => one.code)).not.toContain(code);
  });

  it.each(codes)('%s points at a line, unless it is about no file', (code) => {
    const found = lintFile(code, 'fires').diagnostics.filter((one) => one.code === code);
    for (const { range } of found) if (code !== 'scenario-invalid') expect(range?.line).toBeGreaterThan(0);
  });
});
