import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Builds the command for the tests of one file, and says how to run it. */
export function cliForTests(): (
  args: readonly string[],
  options?: RunOptions,
) => { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  // Inside the checkout, so that the bundle finds its dependencies.
  const folder = fs.mkdtempSync(path.join('node_modules', '.cli-test-'));
  const cli = path.resolve(folder, 'cli.js');
  beforeAll(async () => {
    await build({
      entryPoints: ['src/cli/main.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: cli,
    });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  return (args, { input = '', environment = {} } = {}) => {
    const { CI: _, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      input,
      encoding: 'utf8',
      env: { ...inherited, ...environment },
    });
    return { status, stdout, stderr };
  };
}
