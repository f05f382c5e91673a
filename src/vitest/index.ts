import path from 'node:path';
import { expect } from 'vitest';
import type { Translation } from '../translate.ts';
import { type GoldenMatch, type GoldenOptions, matchGolden, type UpdateMode } from './to-match-golden.ts';

export type { CaseRequest } from '../golden/golden-case.ts';
export type { GoldenOptions } from './to-match-golden.ts';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the signature that Vitest documents for matchers of one's own
  interface Matchers<T = any> {
    /**
     * Compares a translation with the golden files in a folder, relative to the test's file. The folder is written where
     * it does not exist, and rewritten with `vitest -u`; in CI it is only compared, as Vitest does with snapshots.
     *
     * @example
     * import 'xdsim/vitest';
     * expect(translate(manifests, scenario)).toMatchGolden('golden/payments');
     */
    toMatchGolden: (folder: string, options?: GoldenOptions) => T;
  }
}

/** What Vitest tells a matcher; the update flag is part of its snapshot state. */
interface MatcherState {
  readonly testPath?: string;
  readonly snapshotState?: { readonly snapshotUpdateState?: UpdateMode; readonly _updateSnapshot?: UpdateMode };
}

expect.extend({
  toMatchGolden(received: Translation, folder: string, options: GoldenOptions = {}): GoldenMatch {
    const { testPath, snapshotState } = this as unknown as MatcherState;
    const update = snapshotState?.snapshotUpdateState ?? snapshotState?._updateSnapshot ?? 'none';
    const target = path.resolve(testPath === undefined ? '.' : path.dirname(testPath), folder);
    return matchGolden(received, target, { ...options, update });
  },
});
