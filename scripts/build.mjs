// Builds dist/: the library's entries as ES modules that share chunks, the command as one file,
// and the declarations. Dependencies stay imports, so that whoever bundles xdsim has each once.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

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
await build({
  ...shared,
  platform: 'node',
  outfile: 'dist/cli.js',
  entryPoints: ['src/cli/main.ts'],
  banner: { js: '#!/usr/bin/env node' },
});
chmodSync('dist/cli.js', 0o755);
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
