import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Run {
  (
    args: readonly string[],
    options?: RunOptions,
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  /** The command itself, for tests that run it in another way. */
  readonly file: string;
}

/** Builds the command for the tests of one file, and says how to run it. */
export function cliForTests(): Run {
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

  const run = (args: readonly string[], { input = '', environment = {} }: RunOptions = {}) => {
    const { CI: _, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      input,
      encoding: 'utf8',
      env: { ...inherited, ...environment },
    });
    return { status, stdout, stderr };
  };
  return Object.assign(run, { file: cli });
}
