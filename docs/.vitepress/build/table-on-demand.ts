import path from 'node:path';

const standIn = path.resolve('docs/.vitepress/playground/simulation/message-table.ts');

/** The part of a Vite plugin that is needed. */
interface Resolver {
  readonly name: string;
  readonly enforce: 'pre';
  readonly resolveId: (source: string, importer: string | undefined) => string | null;
}

/** In the page's worker, the library gets the table of Envoy's messages when the page has loaded it. */
export function tableOnDemand(): Resolver {
  return {
    name: 'xdsim-table-on-demand',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('/message-table.generated.ts') && importer !== undefined && !importer.startsWith(standIn)
        ? standIn
        : null,
  };
}
