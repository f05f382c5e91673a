import { builtinModules } from 'node:module';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Every module that `entry` reaches, and what each one imports. */
async function importGraph(entry: string) {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs);
}

it('the core bundles for the browser and imports none of Node’s modules', async () => {
  const graph = await importGraph('src/index.ts');
  expect(graph.some(([file]) => file === 'src/translate.ts')).toBe(true);
  const fromNode = graph.flatMap(([file, { imports }]) =>
    imports
      .filter(({ path }) => path.startsWith('node:') || builtinModules.includes(path))
      .map(({ path }) => `${file} imports ${path}`),
  );
  expect(fromNode).toEqual([]);
});

it('the core does not load the protobuf schema', async () => {
  const files = (await importGraph('src/index.ts')).map(([file]) => file);
  expect(files.filter((file) => file.includes('protobuf') || file.includes('descriptors'))).toEqual([]);
});
