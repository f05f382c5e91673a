import { CaseMeshes } from '../../golden/case-meshes.ts';
import { type CheckOptions, checkCases } from '../../golden/check-cases.ts';
import { GoldenError } from '../../golden/golden-error.ts';
import { type GoldenFolder, openGoldenFolder } from '../../golden/golden-folder.ts';
import { isClean, type PrintCheck } from '../../golden/report/check-report.ts';
import { printCheckGithub } from '../../golden/report/github.ts';
import { printCheckJson } from '../../golden/report/json.ts';
import { printCheckJunit } from '../../golden/report/junit.ts';
import { printCheckMarkdown } from '../../golden/report/markdown.ts';
import { printCheckText } from '../../golden/report/text.ts';
import { updateCases } from '../../golden/update-cases.ts';
import { watchCases } from '../../golden/watch-cases.ts';
import { countOf } from '../../print/count-of.ts';
import { choose } from '../choose.ts';
import { exitStatus, UsageError } from '../exit-status.ts';
import { parseOptions } from '../parse-options.ts';

const formats: Readonly<Record<string, PrintCheck>> = {
  text: printCheckText,
  json: printCheckJson,
  github: printCheckGithub,
  junit: printCheckJunit,
  markdown: printCheckMarkdown,
};

/** `xdsim golden check|update DIR`: golden files that change only when somebody means it. */
export async function goldenCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    output: { type: 'string', short: 'o', default: 'text' },
    watch: { type: 'boolean' },
  });
  const [action, root, ...rest] = positionals;
  if ((action !== 'check' && action !== 'update') || root === undefined || rest.length > 0)
    throw new UsageError('write "golden check DIR" or "golden update DIR", with one folder of cases.');
  const print = choose('-o', values.output, formats);
  if (action === 'update' && process.env.CI)
    throw new UsageError(
      'golden files are not updated where CI is set: run "xdsim golden update" by hand and commit the result.',
    );
  const options = values.watch ? { meshes: new CaseMeshes() } : {};
  const run = (folder: GoldenFolder, chosen: CheckOptions): number =>
    action === 'check' ? check(folder, print, chosen) : update(folder, chosen);
  try {
    const folder = openGoldenFolder(root);
    const status = run(folder, options);
    if (!values.watch) return status;
    return await watchCases(folder, {
      started: () => process.stdout.write(`watching ${root} for changes\n`),
      changed: (only) => guarded(() => run(folder, { ...options, only })),
    });
  } catch (error) {
    if (error instanceof GoldenError) throw new UsageError(error.message);
    throw error;
  }
}

function check(folder: GoldenFolder, print: PrintCheck, options: CheckOptions): number {
  const result = checkCases(folder, options);
  if (result.cases === 0) throw noCase(folder);
  process.stdout.write(print(result));
  return isClean(result) ? exitStatus.clean : exitStatus.findings;
}

function update(folder: GoldenFolder, options: CheckOptions): number {
  const { cases, written, removed, orphans } = updateCases(folder, options);
  if (cases === 0) throw noCase(folder);
  for (const file of written) process.stdout.write(`written  ${file}\n`);
  for (const file of removed) process.stdout.write(`removed  ${file}\n`);
  for (const file of orphans) process.stdout.write(`orphaned ${file}: belongs to no case; remove it by hand\n`);
  process.stdout.write(
    `${countOf(cases, 'case')}, ${countOf(written.length, 'file')} written, ${removed.length} removed\n`,
  );
  return orphans.length === 0 ? exitStatus.clean : exitStatus.findings;
}

function noCase({ root }: GoldenFolder): UsageError {
  return new UsageError(`${root}: no case below it; a case is a folder with input.yaml or a folder input.`);
}

/** While somebody writes, input is often broken for a moment. */
function guarded(run: () => number): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof GoldenError || error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}
