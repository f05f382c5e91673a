import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Writes `sw.js`, which keeps every file of the site, so that all of it works offline after the first visit.
 * The cache is named for the contents: a new build replaces the old one as a whole.
 */
export function writeServiceWorker(outDir: string): void {
  const files = fs
    .readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.map$|^sw\.js$/.test(entry.name))
    .map((entry) => path.relative(outDir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(fs.readFileSync(path.join(outDir, file)));
  const version = hash.digest('hex').slice(0, 16);
  fs.writeFileSync(path.join(outDir, 'sw.js'), render(version, files));
}

function render(version: string, files: readonly string[]): string {
  return `const cacheName = 'xdsim-${version}';
const files = ${JSON.stringify(files)};

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(files.map((file) => new Request(new URL(file, self.registration.scope), { cache: 'no-cache' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('xdsim-') && name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// Hashed files never change; a page is asked for anew and taken from the cache when there is no network.
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  const cached = () =>
    caches.open(cacheName).then(async (cache) => {
      const address = new URL(url.pathname, url.origin).href;
      return (
        (await cache.match(address)) ??
        (await cache.match(address.endsWith('/') ? address + 'index.html' : address + '.html'))
      );
    });
  event.respondWith(
    event.request.mode === 'navigate'
      ? fetch(event.request).catch(async () => (await cached()) ?? Response.error())
      : cached().then((response) => response ?? fetch(event.request)),
  );
});
`;
}
