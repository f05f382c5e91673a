import { type Comparison, compareInputs, type MeshInput } from '../../compare/compare-inputs.ts';
import { compareWithDump } from '../../compare/compare-with-dump.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { DifferenceReport } from '../../print/differences/difference-report.ts';
import { differencesJson } from '../../print/differences/json.ts';
import { differencesMarkdown } from '../../print/differences/markdown.ts';
import { reportDifferences } from '../../print/differences/report-differences.ts';
import { differencesText } from '../../print/differences/text.ts';
import { translate } from '../../translate.ts';
import { chooseWord } from '../choose.ts';
import { exitStatus, UsageError } from '../exit-status.ts';
import { parseOptions } from '../parse-options.ts';
import { isUnreadable, printDiagnostics } from '../print-diagnostics.ts';
import { readConfigDumpFile } from '../read-config-dump-file.ts';
import {
  type InputValues,
  inputOptions,
  readInputs,
  readIstioVersion,
  readScenarioManifest,
  readScenarioOptions,
} from '../read-input.ts';

const options = {
  ...inputOptions,
  'from-version': { type: 'string' },
  'to-version': { type: 'string' },
  'config-dump': { type: 'string' },
  output: { type: 'string', short: 'o', default: 'text' },
  verbose: { type: 'boolean', short: 'v' },
} as const;

interface DiffValues extends InputValues {
  readonly 'from-version'?: string | undefined;
  readonly 'to-version'?: string | undefined;
  readonly 'config-dump'?: string | undefined;
}

/** `xdsim diff`: what changes between two inputs, two versions of Istio, or a live proxy and the simulation. */
export async function diffCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, options);
  const print = chooseFormat(values.output, values.verbose ?? false);
  const { comparison, diagnostics } = await compare(values, [...(values.file ?? []), ...positionals]);
  if (diagnostics.some(isUnreadable)) return exitStatus.unusable;
  if (comparison.leftOut > 0)
    process.stderr.write(`Not looked from ${comparison.leftOut} more kinds of proxies; choose one with --namespace.\n`);
  process.stdout.write(print(comparison));
  return comparison.differences.length === 0 ? exitStatus.clean : exitStatus.findings;
}

interface Compared {
  readonly comparison: Comparison;
  readonly diagnostics: readonly Diagnostic[];
}

async function compare(values: DiffValues, files: readonly string[]): Promise<Compared> {
  if (values['config-dump'] !== undefined) return compareWithLive(values['config-dump'], await readMesh(values, files));
  if (values['from-version'] !== undefined || values['to-version'] !== undefined)
    return compareVersions(values, await readMesh(values, files));
  const [before, after, ...more] = files;
  if (before === undefined || after === undefined || more.length > 0)
    throw new UsageError(
      'name two inputs (xdsim diff BEFORE AFTER), or one with --from-version, --to-version or --config-dump.',
    );
  const [left, right] = [await readMesh(values, [before]), await readMesh(values, [after])];
  return { comparison: compareInputs(left, right), diagnostics: [...reportOn(left), ...reportOn(right)] };
}

async function readMesh(values: DiffValues, files: readonly string[]): Promise<MeshInput> {
  const scenarioFile = readScenarioManifest(values);
  return {
    manifests: await readInputs(files),
    scenario: readScenarioOptions(values),
    ...(scenarioFile && { scenarioFile }),
  };
}

function compareVersions(values: DiffValues, input: MeshInput): Compared {
  const [before, after] = (['from-version', 'to-version'] as const).map((option): MeshInput => {
    const version = values[option];
    const istioVersion = version === undefined ? input.scenario.istioVersion : readIstioVersion(version, `--${option}`);
    return { ...input, scenario: { ...input.scenario, ...(istioVersion && { istioVersion }) } };
  }) as [MeshInput, MeshInput];
  return { comparison: compareInputs(before, after), diagnostics: reportOn(after) };
}

async function compareWithLive(file: string, input: MeshInput): Promise<Compared> {
  const dump = await readConfigDumpFile(file);
  printDiagnostics(dump.diagnostics);
  return { comparison: compareWithDump(dump, input), diagnostics: reportOn(input) };
}

/** What is wrong with an input is said once, however many proxies get it. */
function reportOn({ manifests, scenario }: MeshInput): readonly Diagnostic[] {
  const { diagnostics } = translate(manifests, scenario);
  printDiagnostics(diagnostics);
  return diagnostics;
}

function chooseFormat(output: string, verbose: boolean): (comparison: Comparison) => string {
  switch (chooseWord('-o', output, ['text', 'json', 'markdown'])) {
    case 'text':
      return (comparison) => differencesText(report(comparison), { verbose });
    case 'markdown':
      return (comparison) => differencesMarkdown(report(comparison));
    case 'json':
      return (comparison) => differencesJson(report(comparison), comparison);
  }
}

function report({ differences, causes, audiences }: Comparison): DifferenceReport {
  return reportDifferences(differences, { causes, audiences });
}
