import { expect, it } from 'vitest';
import { measureBundles } from '../../scripts/measure-bundles.mjs';

/** Kilobytes, compressed, without YAML, RE2 and the tables of Envoy's and Istio's API; what the parts are says the script. */
const limits = { core: 60, sidecar: 66, translate: 100, library: 168 };

const bundles = await measureBundles();

it.each(Object.entries(limits))('%s is at most %d KB', (part, limit) => {
  const bytes = bundles[part]?.brotli ?? Number.NaN;
  console.log(`${part}: ${(bytes / 1024).toFixed(1)} KB compressed`);
  expect(bytes).toBeLessThanOrEqual(limit * 1024);
});

it('packages that are left out are YAML and RE2', () => {
  expect(bundles['library']?.withoutPackages).toEqual(['js-yaml', 're2js', 'yaml']);
  expect(bundles['core']?.withoutPackages).toEqual([]);
});
