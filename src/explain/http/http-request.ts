import type { HttpConnectionManager } from '../../xds/types.ts';
import type { Walk } from '../walk.ts';
import { normalizePath } from './normalize-path.ts';
import { splitOnce } from './split-once.ts';

/** A request as the routes see it: after the connection manager has normalised it. */
export interface HttpRequest {
  /** With the port, if the client names it. */
  readonly authority: string;
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query?: string;
  /** Names in lower case; those with a colon hold the request line. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Absent where the connection manager refuses the path. */
export function readHttpRequest(walk: Walk, manager: HttpConnectionManager): HttpRequest | undefined {
  const { connection, decrypted } = walk;
  const normal = normalizePath(connection.path, manager);
  if (normal === undefined) return undefined;
  const authority = stripAuthority(connection.host, connection.port, manager);
  const scheme = schemeOf(manager, decrypted);
  const [path = '', query] = splitOnce(normal, '?');
  const headers = new Map(Object.entries(connection.headers));
  if (connection.protocol === 'http2') headers.delete('host');
  headers
    .set(':authority', authority)
    .set(':method', connection.method)
    .set(':path', normal)
    .set(':scheme', scheme)
    .set('x-forwarded-proto', decrypted ? 'https' : 'http');
  return { authority, method: connection.method, scheme, path, ...(query !== undefined && { query }), headers };
}

function schemeOf({ schemeHeaderTransformation }: HttpConnectionManager, decrypted: boolean): 'http' | 'https' {
  const overwrite = schemeHeaderTransformation?.schemeToOverwrite;
  if (overwrite === 'http' || overwrite === 'https') return overwrite;
  return decrypted ? 'https' : 'http';
}

function stripAuthority(host: string, port: number, manager: HttpConnectionManager): string {
  const [, name = host, named] = /^(.*[^:]|\[.*\]):(\d+)$/.exec(host) ?? [];
  const isPortLess = manager.stripAnyHostPort || (manager.stripMatchingHostPort && named === String(port));
  const authority = isPortLess ? name : host;
  return manager.stripTrailingHostDot ? authority.replace(/\.(?=$|:\d+$)/, '') : authority;
}
