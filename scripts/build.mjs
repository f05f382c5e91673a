// Builds dist/: the library's entries as ES modules that share chunks, the command,
// and the declarations. Dependencies stay imports, so that whoever bundles xdsim has each once.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { buildCommand } from './build-command.mjs';

const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  legalComments: 'none',
};

rmSync('dist', { recursive: true, force: true });
await build({
  ...shared,
  platform: 'neutral',
  splitting: true,
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  entryPoints: {
    index: 'src/index.ts',
    protobuf: 'src/xds/protobuf.ts',
    envoy: 'src/envoy/to-bootstrap.ts',
    'markdown-it': 'src/markdown-it/index.ts',
    vitest: 'src/vitest/index.ts',
  },
});
await buildCommand('dist');
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
// A package holds one declaration file an entry. To make them takes seconds, which only packing spends.
if (['pack', 'publish'].includes(process.env['npm_command'])) {
  const { rollUpDeclarations } = await import('./api/roll-up.mjs');
  rollUpDeclarations();
}
