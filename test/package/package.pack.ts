import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstalledProject, installPackage } from './installed-project.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
  language,
  code,
}));
const fences = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);
const input = 'golden/guide/pattern-4-multiple-ports/input.yaml';
/** What the README's examples take for given. */
const given = `const yamlText: string = ${JSON.stringify(readFileSync(input, 'utf8'))};\n`;

describe('the package, installed in an empty project', () => {
  let project: InstalledProject;
  beforeAll(() => {
    project = installPackage();
  });
  afterAll(() => project?.remove());

  it('contains what is needed and nothing else', () => {
    const needed =
      /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/(?:chunks\/|cli\/)?[\w-]+\.js|dist\/.*\.d\.ts|dist\/cli\/(?:NOTICES\.txt|[\w-]+\.cjs))$/;
    expect(project.files.filter((file) => !needed.test(file))).toEqual([]);
    expect(project.files.filter((file) => file.endsWith('.d.ts')).sort()).toEqual(declaredEntries());
  });

  it('tells Vitest of its matcher', () => {
    const declarations = project.run('tar', 'xzOf', project.tarball, 'package/dist/vitest/index.d.ts');
    expect(declarations).toMatch(/^declare module 'vitest' \{.*^ +toMatchGolden: .*^\}$/ms);
  });

  it('resolves, with types, for whoever imports it', () => {
    const attw = path.resolve('node_modules/.bin/attw');
    // It exits with an error where a resolution that ES modules have to do with fails. Without a format, what it
    // prints depends on the terminal.
    const report = project.run(attw, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii', project.tarball);
    expect(report).toContain('bundler: OK');
  });

  it.each([
    ['node16', 'node16'],
    ['bundler', 'esnext'],
  ])('has types for the README’s examples under %s', (moduleResolution, module) => {
    const files = fences('ts').map((code, index) => project.write(`example-${index}.ts`, given + code));
    expect(files.length).toBeGreaterThan(0);
    const compilerOptions = { moduleResolution, module, target: 'es2022', strict: true, types: [], noEmit: true };
    const configuration = project.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
    const tsc = path.resolve('node_modules/typescript/bin/tsc');
    expect(project.run(process.execPath, tsc, '-p', configuration)).toBe('');
  });

  it('runs the README’s examples', () => {
    for (const [index, code] of fences('ts').entries()) {
      const { code: script } = transformSync(given + code, { loader: 'ts', format: 'esm' });
      project.run(process.execPath, project.write(`example-${index}.mjs`, script));
    }
  });

  it('brings a command that answers as the README shows', () => {
    const example = fences('').find((text) => text.startsWith('Clusters')) ?? '';
    const shown = project.run('npx', 'xdsim', 'translate', '-f', path.resolve(input));
    const promised = example.split('\n').filter((line) => line.trim() !== '' && line !== '…');
    expect(promised.length).toBeGreaterThan(5);
    // The README shows an excerpt, whose columns are narrower.
    const narrow = (line: string): string => line.trim().replace(/\s+/g, ' ');
    for (const line of promised) expect(shown.split('\n').map(narrow)).toContain(narrow(line));
  });

  it('passes publint', () => {
    const publint = path.resolve('node_modules/.bin/publint');
    expect(execFileSync(publint, ['--strict', project.tarball], { encoding: 'utf8' })).toContain('All good');
  });
});

function declaredEntries(): readonly string[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
  return Object.values(exports)
    .flatMap((target) => (typeof target === 'string' ? [] : [target.types.replace('./', '')]))
    .sort();
}
