// An esbuild plugin for the command: packages that few runs need are bundled into files of their own, which are read
// when something of theirs is first used. (Modules cannot wait: an `import` is evaluated before the importer is.)
import { build } from 'esbuild';

/** `packages`: by name, the exports that are used. What was bundled is added to `metafiles`. */
export function lazyPackages(packages, { outdir, metafiles }) {
  const names = Object.keys(packages);
  return {
    name: 'lazy-packages',
    async setup({ onResolve, onLoad, onEnd }) {
      const filter = new RegExp(`^(${names.join('|')})$`);
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'lazy' }));
      onLoad({ filter, namespace: 'lazy' }, ({ path }) => ({ contents: standIns(path, packages[path]) }));
      onEnd(async () => {
        for (const name of names) metafiles.push(await bundlePackage(name, outdir));
      });
    },
  };
}

/** Exports that stand for those of the package, whether they are functions, classes or objects. */
function standIns(name, exports) {
  return `
    import { createRequire } from 'node:module';
    let loaded;
    const load = () => (loaded ??= createRequire(import.meta.url)('./${name}.cjs'));
    const standIn = (key) => new Proxy(function () {}, {
      apply: (_, self, args) => Reflect.apply(load()[key], self, args),
      construct: (_, args) => Reflect.construct(load()[key], args),
      get: (_, property) => load()[key][property],
    });
    ${exports.map((key) => `export const ${key} = standIn('${key}');`).join('\n')}
  `;
}

async function bundlePackage(name, outdir) {
  const { metafile } = await build({
    metafile: true,
    stdin: { contents: `export * from '${name}';`, resolveDir: '.' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    outfile: `${outdir}/${name}.cjs`,
    logLevel: 'warning',
  });
  return metafile;
}
