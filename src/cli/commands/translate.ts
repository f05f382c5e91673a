import { print } from '../../print/print.ts';
import { type SectionView, sectionViews } from '../../print/section-views.ts';
import { type Translation, translate } from '../../translate.ts';
import { choose, chooseWord } from '../choose.ts';
import { parseOptions, refusePositionals } from '../parse-options.ts';
import { printDiagnostics, statusOf } from '../print-diagnostics.ts';
import { inputOptions, readInputs, readScenarioOptions } from '../read-input.ts';
import { textTable } from '../text-table.ts';

/** `xdsim translate`: what istiod sends one proxy. */
export async function translateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    ...inputOptions,
    type: { type: 'string', short: 't' },
    output: { type: 'string', short: 'o', default: 'table' },
  });
  refusePositionals(positionals);
  const chosen = chooseSections(values.type);
  const format = chooseWord('-o', values.output, ['table', 'yaml', 'json']);

  const translation = translate(await readInputs(values.file), readScenarioOptions(values));
  printDiagnostics(translation.diagnostics);
  process.stdout.write(
    format === 'table'
      ? printTables(translation, chosen)
      : print(Object.fromEntries(chosen.map(({ key }) => [key, translation[key]])), { format }),
  );
  return statusOf(translation.diagnostics);
}

function chooseSections(types: string | undefined): readonly SectionView[] {
  if (types === undefined) return Object.values(sectionViews);
  return types.split(',').map((name) => choose<SectionView>('-t', name.trim(), sectionViews));
}

function printTables(translation: Translation, chosen: readonly SectionView[]): string {
  const tables = chosen
    .map(({ title, table }) => ({ title, table: table(translation) }))
    .filter(({ table }) => table.rows.length > 0);
  return tables.map(({ title, table }) => `${title}\n${textTable(table)}`).join('\n');
}
