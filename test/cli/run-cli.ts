import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildCommand } from '../../scripts/build-command.mjs';

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
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-cli-'));
  const cli = path.join(folder, 'cli.js');
  beforeAll(() => buildCommand(folder));
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
