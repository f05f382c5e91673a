import { describe, expect, it } from 'vitest';
import { isReached, listGoals } from '../../docs/.vitepress/build/bench-goals.ts';
import type { BenchResults, MeasuredSize } from '../../docs/.vitepress/build/bench-results.ts';

const change = {
  full: 1_000,
  applyField: 5,
  applyPort: 5,
  applyEndpoint: 5,
  applyLabel: 5,
  applyLocation: 5,
  applyHost: 5,
};

const size: MeasuredSize = {
  megabytes: 6,
  sent: {},
  milliseconds: { yaml: 300, whole: 600 },
  explain: { one: { outcome: 'routed', first: 9, again: 0.2 }, other: { outcome: 'routed', first: 9, again: 0.4 } },
  incremental: change,
  peakMegabytes: 500,
};

const results: BenchResults = {
  measured: { date: '', platform: '', node: '', jsYaml: '', cores: 2, memoryGigabytes: 8 },
  sizes: { 10000: size },
  coldStart: { node: 60, translate: 120 },
  growth: [
    { from: 100, to: 1_000, entries: 10, whole: 20, lint: 20 },
    { from: 1_000, to: 10_000, entries: 10, whole: 11, lint: 10 },
  ],
  bundles: { core: { brotli: 60_000, gzip: 70_000 } },
};

describe('the goals on the page', () => {
  it('are reached where every figure is within its limit', () => {
    expect(missed(results)).toEqual([]);
  });

  it.each<[string, Partial<BenchResults>]>([
    ['js-yaml', { sizes: { 10000: { ...size, milliseconds: { yaml: 300, whole: 601 } } } }],
    ['Memory', { sizes: { 10000: { ...size, peakMegabytes: 601 } } }],
    ['changed', { sizes: { 10000: { ...size, incremental: { ...change, applyHost: 21 } } } }],
    ['after the first', { sizes: { 10000: { ...size, explain: { one: { outcome: '', first: 1, again: 1.1 } } } } }],
    ['node -e 0', { coldStart: { node: 60, translate: 151 } }],
    ['Ten times', { growth: [...results.growth, { from: 10_000, to: 100_000, entries: 10, whole: 12, lint: 11 }] }],
    ['Lint', { growth: [{ from: 1_000, to: 10_000, entries: 10, whole: 11 }] }],
    ['The core', { bundles: { core: { brotli: 61_441, gzip: 0 } } }],
  ])('are missed by a figure above its limit, or none: %s', (name, difference) => {
    expect(missed({ ...results, ...difference })).toEqual([expect.stringContaining(name)]);
  });
});

function missed(of: BenchResults): readonly string[] {
  return listGoals(of).flatMap((goal) => (isReached(goal) ? [] : [goal.goal]));
}
