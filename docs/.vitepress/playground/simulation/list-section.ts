import { resourcesByName } from '../../../../src/diff/resources-by-name.ts';
import type { Translation } from '../../../../src/index.ts';
import { commonResources } from '../../../../src/markdown-it/own-resources.ts';
import { clusterTable } from '../../../../src/print/tables/cluster-table.ts';
import { endpointTable } from '../../../../src/print/tables/endpoint-table.ts';
import { listenerTable } from '../../../../src/print/tables/listener-table.ts';
import { nameTable } from '../../../../src/print/tables/name-table.ts';
import { routeTable } from '../../../../src/print/tables/route-table.ts';
import type { Table } from '../../../../src/print/tables/table.ts';
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
  switch (section) {
    case 'clusters':
      return clusterTable(chosen(translation.clusters));
    case 'listeners':
      return listenerTable(chosen(translation.listeners));
    case 'routes':
      return routeTable(chosen(translation.routes));
    case 'endpoints':
      return endpointTable(
        chosen(translation.clusters),
        translation.endpoints.filter(({ clusterName = '' }) => names.has(clusterName)),
      );
    case 'names':
      return nameTable({
        table: Object.fromEntries(Object.entries(translation.nameTable.table).filter(([name]) => names.has(name))),
      });
  }
}
