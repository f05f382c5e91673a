import { type BenchResults, figure, sizeOf } from './bench-results.ts';
import { duration, kilobytes, megabytes, percent, times } from './print-figures.ts';

export interface Goal {
  readonly goal: string;
  readonly limit: number;
  readonly measured: number;
  readonly print: (figure: number) => string;
}

/** Goals were set before anything was measured; where one is missed, the page says so. */
export function listGoals(results: BenchResults): readonly Goal[] {
  const size = sizeOf(results, 10_000);
  const growth = results.growth.filter(({ entries, to }) => entries === 10 && to >= 10_000);
  const growthOf = (name: string): number => slowest(growth.flatMap((step) => step[name] ?? []));
  const { core } = results.bundles;
  return [
    {
      goal: 'From text to configuration for 10,000 entries, against js-yaml reading the same text',
      limit: 2,
      measured: figure(size.milliseconds, 'whole') / figure(size.milliseconds, 'yaml'),
      print: times,
    },
    {
      goal: 'Ten times the entries (from 1,000 on) take so many times as long',
      limit: 11,
      measured: growthOf('whole'),
      print: times,
    },
    {
      goal: 'Memory of a process that translates 10,000 entries',
      limit: 600,
      measured: size.peakMegabytes,
      print: megabytes,
    },
    {
      goal: 'The command on an example of the guide, from start to end, against node -e 0',
      limit: 2.5,
      measured: figure(results.coldStart, 'translate') / figure(results.coldStart, 'node'),
      print: times,
    },
    {
      goal: 'One of 10,000 entries changed, against a full translation (the slowest kind of change)',
      limit: 0.02,
      measured: slowestChange(size.incremental),
      print: percent,
    },
    {
      goal: 'A request followed through 10,000 entries, after the first (the slowest kind of request)',
      limit: 1,
      measured: slowest(Object.values(size.explain).map(({ again }) => again)),
      print: duration,
    },
    {
      goal: 'Lint: ten times the entries take so many times as long',
      limit: 11,
      measured: growthOf('lint'),
      print: times,
    },
    {
      goal: 'The core (a sidecar’s configuration), compressed, without YAML, RE2, schema tables, EnvoyFilters',
      limit: 60 * 1024,
      measured: core?.brotli ?? Number.NaN,
      print: kilobytes,
    },
  ];
}

/** NaN, which is under no limit, where something was not measured. */
export function isReached({ measured, limit }: Goal): boolean {
  return measured <= limit;
}

const changesOfAnEntry = ['applyField', 'applyPort', 'applyEndpoint', 'applyLabel', 'applyLocation', 'applyHost'];

function slowestChange(incremental: BenchResults['sizes'][string]['incremental']): number {
  return slowest(changesOfAnEntry.map((name) => figure(incremental, name))) / figure(incremental, 'full');
}

function slowest(figures: readonly number[]): number {
  return figures.length === 0 ? Number.NaN : Math.max(...figures);
}
