// What a page has to load for parts of the library: minified, compressed with Brotli as servers do.
import { basename, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Tables, no logic: Envoy's API, generated from its .proto files, which EnvoyFilters are checked with; and Istio's, which
 * manifests are read with. `decode.ts`, which reads with them, counts.
 */
const schemaTables = /\/src\/(xds\/[^/]*\.generated\.ts$|model\/istio\/(?!decode\.ts$))/;

/** What applies EnvoyFilters: it works with the table of Envoy's API, and a page may load it on demand, as the playground does. */
const patches = /\/src\/patches\//;

const sidecar = `
  export { registerMesh } from './src/registry/register-mesh.ts';
  export { scopeProxy } from './src/registry/scope-proxy.ts';
  export { renderSidecar } from './src/proxies/render-sidecar.ts';`;

const parts = {
  // What a mesh is and what its sidecars are sent: from accepted resources to Envoy's configuration.
  core: { source: sidecar, without: [schemaTables, patches] },
  // And EnvoyFilters.
  sidecar: { source: sidecar, without: [schemaTables] },
  // And what reads and validates manifests, gateways and waypoints.
  translate: { source: `export { translate } from './src/translate.ts';`, without: [schemaTables] },
  // And explain, lint, diff, influence, …
  library: { source: `export * from './src/index.ts';`, without: [schemaTables] },
};

/** Bytes of each part, without the packages that are named (YAML, RE2) and the schema tables. */
export async function measureBundles() {
  const entries = Object.entries(parts).map(async ([name, part]) => [name, await measureBundle(part)]);
  return Object.fromEntries(await Promise.all(entries));
}

async function measureBundle({ source, without }) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [{ name: 'without', setup: (build) => leaveOut(build, without) }],
  });
  const code = outputFiles[0].contents;
  const leftOut = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return {
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
    withoutPackages: [...new Set(leftOut.filter((path) => !path.startsWith('.')))].sort(),
  };
}

function leaveOut({ onResolve }, patterns) {
  onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
    const file = resolve(resolveDir, path);
    return patterns.some((pattern) => pattern.test(file)) ? { path: `./${basename(file)}`, external: true } : undefined;
  });
}
