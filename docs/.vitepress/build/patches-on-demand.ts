import path from 'node:path';

const standIn = path.resolve('docs/.vitepress/playground/simulation/patches-on-demand.ts');

/** The part of a Vite plugin that is needed. */
interface Resolver {
  readonly name: string;
  readonly enforce: 'pre';
  readonly resolveId: (source: string, importer: string | undefined) => string | null;
}

/** In the page's worker, the library gets what applies EnvoyFilters when the page has loaded it. */
export function patchesOnDemand(): Resolver {
  return {
    name: 'xdsim-patches-on-demand',
    enforce: 'pre',
    resolveId: (source, importer) =>
      /\/patches\/(check-patch|prepare-patches)\.ts$/.test(source) && !importer?.startsWith(standIn) ? standIn : null,
  };
}
