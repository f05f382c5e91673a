import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface InstalledProject {
  /** Paths inside the package, as npm packed them. */
  readonly files: readonly string[];
  readonly tarball: string;
  /** Writes a file into the project and returns its path. */
  write(name: string, text: string): string;
  /** Runs a program in the project and returns what it prints; throws with its output where it fails. */
  run(program: string, ...parameters: readonly string[]): string;
  remove(): void;
}

/** Packs this package and installs it in an empty project. */
export function installPackage(): InstalledProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'installed-'));
  const run = (program: string, ...parameters: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, parameters, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${parameters.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  };
  const packed: readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[] =
    JSON.parse(
      execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  const { filename = '', files = [] } = packed[0] ?? {};
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  write('package.json', JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`);
  return {
    files: files.map((file) => file.path),
    tarball: path.join(folder, filename),
    write,
    run,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
