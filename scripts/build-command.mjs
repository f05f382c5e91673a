// Builds the command. It starts quickly where Node has little to read: each command in a file of its own, dependencies
// inside, and what few runs need in files that are read on demand.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { lazyPackages } from './lazy-packages.mjs';
import { writeNotices } from './third-party-notices.mjs';

/** What the command needs only to show where a problem is, and for regular expressions. */
const lazilyLoaded = {
  yaml: ['isAlias', 'isMap', 'isNode', 'isPair', 'isScalar', 'isSeq', 'LineCounter', 'parseDocument'],
  re2js: ['RE2JS'],
};

/** Writes `cli.js` and the folder `cli` beside it. */
export async function buildCommand(outdir) {
  const inner = join(outdir, 'cli');
  const lazyMetafiles = [];
  const { metafile } = await build({
    bundle: true,
    metafile: true,
    minify: true,
    splitting: true,
    sourcemap: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outdir,
    chunkNames: 'cli/[name]-[hash]',
    entryPoints: { cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [lazyPackages(lazilyLoaded, { outdir: inner, metafiles: lazyMetafiles })],
  });
  writeNotices(join(inner, 'NOTICES.txt'), [metafile, ...lazyMetafiles]);
  chmodSync(join(outdir, 'cli.js'), 0o755);
}
