import fs from 'node:fs';
import path from 'node:path';

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface EqualCases {
  readonly versions: readonly string[];
  readonly groups: readonly { readonly name: string; readonly equal: Readonly<Record<string, number>> }[];
  readonly total: Readonly<Record<string, number>>;
}

export declare const data: EqualCases;

/** How many recorded cases are equal, as the checkout's ratchet holds it. */
export default {
  watch: ['../../../.ci/ratchet.json'],
  load(): EqualCases {
    const counts = JSON.parse(fs.readFileSync(path.resolve('.ci/ratchet.json'), 'utf8')) as Counts;
    const versions = Object.keys(counts)
      .filter((name) => /^\d+\.\d+$/.test(name))
      .sort();
    const names = [...new Set(versions.flatMap((version) => Object.keys(counts[version] ?? {})))].sort();
    const equalOf = (name: string): Record<string, number> =>
      Object.fromEntries(
        versions.flatMap((version) => {
          const count = counts[version]?.[name];
          return count === undefined ? [] : [[version, count]];
        }),
      );
    return {
      versions,
      groups: names.map((name) => ({ name, equal: equalOf(name) })),
      total: Object.fromEntries(
        versions.map((version) => [
          version,
          Object.values(counts[version] ?? {}).reduce((sum, count) => sum + count, 0),
        ]),
      ),
    };
  },
};
