import { expect, it } from 'vitest';
import { measureBundles } from '../../scripts/measure-bundles.mjs';

/** Kilobytes, compressed, without YAML, RE2 and the tables of Envoy's and Istio's API. */
const limits = { core: 60, translate: 96, library: 156 };

const bundles = await measureBundles();

it.each(Object.entries(limits))('%s is at most %d KB', (part, limit) => {
  const bytes = bundles[part]?.brotli ?? Number.NaN;
  console.log(`${part}: ${(bytes / 1024).toFixed(1)} KB compressed`);
  expect(bytes).toBeLessThanOrEqual(limit * 1024);
});

it('nothing else is left out', () => {
  expect(bundles['library']?.withoutPackages).toEqual(['js-yaml', 're2js', 'yaml']);
  expect(bundles['core']?.withoutPackages).toEqual(['re2js']);
});
