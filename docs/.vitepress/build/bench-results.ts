import fs from 'node:fs';
import path from 'node:path';

/** What `npm run bench -- --json bench/results.json` wrote. Times are milliseconds. */
export interface BenchResults {
  readonly measured: Readonly<Record<'date' | 'platform' | 'node' | 'jsYaml', string>> &
    Readonly<Record<'cores' | 'memoryGigabytes', number>>;
  readonly sizes: Readonly<Record<string, MeasuredSize>>;
  readonly coldStart: Times;
  readonly growth: readonly Growth[];
  readonly bundles: Readonly<Record<string, { readonly gzip: number; readonly brotli: number }>>;
}

export type Times = Readonly<Record<string, number>>;

export interface MeasuredSize {
  readonly megabytes: number;
  readonly sent: Readonly<Record<string, number>>;
  readonly milliseconds: Times;
  readonly explain: Readonly<
    Record<string, { readonly outcome: string; readonly first: number; readonly again: number }>
  >;
  readonly incremental?: Times;
  readonly peakMegabytes: number;
}

/** How many times as long everything takes for `entries` times the entries. */
export type Growth = Readonly<Record<'from' | 'to' | 'entries', number>> & Times;

export const resultsFile = 'bench/results.json';

export function readBenchResults(): BenchResults {
  return JSON.parse(fs.readFileSync(path.resolve(resultsFile), 'utf8')) as BenchResults;
}

/** A time that has to be among the results: a page with a hole would say nothing. */
export function figure(figures: Times | undefined, name: string): number {
  const value = figures?.[name];
  if (value === undefined) throw new Error(`${resultsFile} has no figure "${name}": run the benchmarks for all sizes`);
  return value;
}

export function sizeOf({ sizes }: BenchResults, entries: number): MeasuredSize {
  const size = sizes[entries];
  if (size === undefined) throw new Error(`${resultsFile} has no mesh of ${entries} entries`);
  return size;
}
