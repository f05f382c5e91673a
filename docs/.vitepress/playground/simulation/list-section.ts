import { resourcesByName } from '../../../../src/diff/resources-by-name.ts';
import { commonResources } from '../../../../src/markdown-it/own-resources.ts';
import { sectionViews } from '../../../../src/print/section-views.ts';
import type { Table } from '../../../../src/print/tables/table.ts';
import type { Translation } from '../../../../src/translate.ts';
import type { Listing, Question, Section } from './protocol.ts';

const shownResources = 150;
const shownRows = 400;

/** The resources of a section whose name holds the filter, as a table and by name. */
export function listSection(translation: Translation, { section, filter, all }: Question<'list'>): Listing {
  const names = [...resourcesByName(translation, section).keys()].filter(
    (name) => name.toLowerCase().includes(filter.toLowerCase()) && (all || !commonResources.has(name)),
  );
  const shown = names.slice(0, shownResources);
  const { columns, rows } = tableOf(translation, section, new Set(shown));
  return { table: { columns, rows: rows.slice(0, shownRows) }, names: shown, total: names.length };
}

function tableOf(translation: Translation, section: Section, names: ReadonlySet<string>): Table {
  const chosen = <T extends { readonly name?: string }>(resources: readonly T[]): readonly T[] =>
    resources.filter(({ name = '' }) => names.has(name));
  const { clusters, listeners, routes, endpoints, nameTable } = translation;
  return sectionViews[section].table({
    clusters: chosen(clusters),
    listeners: chosen(listeners),
    routes: chosen(routes),
    endpoints: endpoints.filter(({ clusterName = '' }) => names.has(clusterName)),
    nameTable: { table: Object.fromEntries(Object.entries(nameTable.table).filter(([name]) => names.has(name))) },
  });
}
