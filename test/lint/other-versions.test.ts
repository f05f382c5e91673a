import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { generateMesh } from '../../bench/generate-mesh.mjs';
import type { Diagnostic, Scenario } from '../../src/index.ts';

/** What is only compared where versions were asked to differ must be what a comparison of everything finds. */
type Lint = (manifests: string, scenario?: Scenario) => readonly Diagnostic[];

const everything = vi.fn(() => 'everything');

async function loadLint(comparesAll: boolean): Promise<Lint> {
  vi.resetModules();
  vi.doUnmock('../../src/lint/version-reach.ts');
  if (comparesAll) vi.doMock('../../src/lint/version-reach.ts', () => ({ findReach: everything }));
  return (await import('../../src/lint/lint.ts')).lint;
}

afterEach(() => vi.doUnmock('../../src/lint/version-reach.ts'));

function listInputs(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:input|fires|silent)\.yaml$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

const differences = (found: readonly Diagnostic[]): readonly string[] =>
  found
    .filter(({ code }) => code === 'version-difference')
    .map(({ resource, message }) => `${resource?.namespace}/${resource?.name}: ${message}`);

describe('other versions', () => {
  it('are compared in what differs alone, with the same result', { timeout: 60_000 }, async () => {
    const texts = [...listInputs('golden').map((file) => readFileSync(file, 'utf8')), generateMesh(50)];
    const [whole, part] = [await loadLint(true), await loadLint(false)];
    let found = 0;
    for (const text of texts) {
      const expected = differences(whole(text, { proxy: { namespace: 'default' } }));
      expect(differences(part(text, { proxy: { namespace: 'default' } }))).toEqual(expected);
      found += expected.length;
    }
    expect(found).toBeGreaterThan(10);
    expect(everything.mock.calls.length).toBeGreaterThan(texts.length);
  });
});
