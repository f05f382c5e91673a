import fs from 'node:fs';
import { checkCaseFolder, findCases, updateCaseFolder } from '../../golden/case-folder.ts';
import { exitStatus, UsageError } from '../exit-status.ts';
import { parseOptions } from '../parse-options.ts';

/** `xdsim golden check|update DIR`: golden files that change only when somebody means it. */
export async function goldenCommand(args: readonly string[]): Promise<number> {
  const [action, root, ...rest] = parseOptions(args, {}).positionals;
  if ((action !== 'check' && action !== 'update') || root === undefined || rest.length > 0)
    throw new UsageError('usage: xdsim golden check|update DIR');
  if (!fs.existsSync(root)) throw new UsageError(`${root}: no such folder.`);
  const cases = findCases(root);
  if (cases.length === 0) throw new UsageError(`${root}: no case below it; a case is a folder with input.yaml.`);
  return action === 'check' ? check(cases) : update(cases);
}

function check(cases: readonly string[]): number {
  const differences = cases.flatMap((folder) => checkCaseFolder(folder));
  for (const { file, state } of differences) process.stdout.write(`${state.padEnd(8)} ${file}\n`);
  process.stdout.write(`${cases.length} cases, ${differences.length} files differ\n`);
  return differences.length === 0 ? exitStatus.clean : exitStatus.findings;
}

function update(cases: readonly string[]): number {
  if (process.env.CI)
    throw new UsageError(
      'golden files are not updated where CI is set: run "xdsim golden update" by hand and commit the result.',
    );
  for (const folder of cases) updateCaseFolder(folder);
  process.stdout.write(`${cases.length} cases written\n`);
  return exitStatus.clean;
}
