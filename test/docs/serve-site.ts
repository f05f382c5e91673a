import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

export interface ServedSite {
  /** With a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a built site below a path, as any static host would: files and nothing else. */
export async function serveSite(folder: string, base: string): Promise<ServedSite> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith(base)
      ? findFile(folder, decodeURIComponent(pathname.slice(base.length)))
      : undefined;
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(fs.readFileSync(path.join(folder, '404.html')));
      return;
    }
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
    response.end(fs.readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function findFile(folder: string, name: string): string | undefined {
  const candidates = name === '' || name.endsWith('/') ? [`${name}index.html`] : [name, `${name}.html`];
  return candidates
    .map((candidate) => path.join(folder, candidate))
    .find((file) => file.startsWith(folder) && fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}
