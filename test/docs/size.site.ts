import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { siteFolder } from './built-site.ts';

const assets = path.join(siteFolder, 'assets');

it('the library, with YAML and RE2, is a small chunk that only the playground loads', () => {
  const worker = fs.readdirSync(assets).find((name) => /^worker-.*\.js$/.test(name)) ?? '';
  const bytes = brotliCompressSync(fs.readFileSync(path.join(assets, worker))).length;
  console.log(`the library’s chunk: ${Math.round(bytes / 1024)} KB compressed`);
  expect(bytes).toBeLessThan(180 * 1024);
  expect(fs.readFileSync(path.join(siteFolder, 'index.html'), 'utf8')).not.toContain(worker);
});
