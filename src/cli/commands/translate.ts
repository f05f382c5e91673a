import type { Translation } from '../../index.ts';
import { translate } from '../../index.ts';
import { print } from '../../print/print.ts';
import { clusterTable } from '../../print/tables/cluster-table.ts';
import { endpointTable } from '../../print/tables/endpoint-table.ts';
import { listenerTable } from '../../print/tables/listener-table.ts';
import { nameTable } from '../../print/tables/name-table.ts';
import { routeTable } from '../../print/tables/route-table.ts';
import type { Table } from '../../print/tables/table.ts';
import { UsageError } from '../exit-status.ts';
import { parseOptions } from '../parse-options.ts';
import { printDiagnostics, statusOf } from '../print-diagnostics.ts';
import { inputOptions, readInputs, readScenarioOptions } from '../read-input.ts';
import { textTable } from '../text-table.ts';

interface Section {
  readonly title: string;
  /** Key in the YAML and JSON output, as in `Translation`. */
  readonly key: 'clusters' | 'listeners' | 'routes' | 'endpoints' | 'nameTable';
  readonly table: (translation: Translation) => Table;
}

const sections: Readonly<Record<string, Section>> = {
  clusters: { title: 'Clusters', key: 'clusters', table: ({ clusters }) => clusterTable(clusters) },
  listeners: { title: 'Listeners', key: 'listeners', table: ({ listeners }) => listenerTable(listeners) },
  routes: { title: 'Routes', key: 'routes', table: ({ routes }) => routeTable(routes) },
  endpoints: {
    title: 'Endpoints',
    key: 'endpoints',
    table: ({ clusters, endpoints }) => endpointTable(clusters, endpoints),
  },
  names: { title: 'DNS names', key: 'nameTable', table: (translation) => nameTable(translation.nameTable) },
};

/** `xdsim translate`: what istiod sends one proxy. */
export async function translateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    ...inputOptions,
    type: { type: 'string', short: 't' },
    output: { type: 'string', short: 'o', default: 'table' },
  });
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is not an option; name input with -f.`);
  const chosen = chooseSections(values.type);
  const format = values.output;
  if (format !== 'table' && format !== 'yaml' && format !== 'json')
    throw new UsageError(`-o "${format}": choose table, yaml or json.`);

  const translation = translate(await readInputs(values.file), readScenarioOptions(values));
  printDiagnostics(translation.diagnostics);
  process.stdout.write(
    format === 'table'
      ? printTables(translation, chosen)
      : print(Object.fromEntries(chosen.map(({ key }) => [key, translation[key]])), { format }),
  );
  return statusOf(translation.diagnostics);
}

function chooseSections(types: string | undefined): readonly Section[] {
  if (types === undefined) return Object.values(sections);
  return types.split(',').map((name) => {
    const section = Object.hasOwn(sections, name) ? sections[name] : undefined;
    if (!section) throw new UsageError(`-t "${name}": choose from ${Object.keys(sections).join(', ')}.`);
    return section;
  });
}

function printTables(translation: Translation, chosen: readonly Section[]): string {
  const tables = chosen
    .map(({ title, table }) => ({ title, table: table(translation) }))
    .filter(({ table }) => table.rows.length > 0);
  return tables.map(({ title, table }) => `${title}\n${textTable(table)}`).join('\n');
}
