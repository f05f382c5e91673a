import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Brings the namespace's network up; refuses to run anywhere else. */
export const networkScript = path.resolve(import.meta.dirname, 'set-up-network.py');

// A process namespace too: when the first process in it ends, so does everything that was started there.
const root = ['--net', '--pid', '--fork', '--kill-child'];
const anybody = ['--user', '--map-root-user', ...root];

/** The arguments for `unshare` that this machine allows, or why none of them works. */
export function findNamespace(): { readonly args: readonly string[] } | { readonly impossible: string } {
  const problems: string[] = [];
  for (const args of [root, anybody]) {
    const { status, stderr, error } = spawnSync('unshare', [...args, 'python3', networkScript], { encoding: 'utf8' });
    if (status === 0) return { args };
    problems.push(`unshare ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
  }
  return { impossible: problems.join('; ') };
}
