import type { HttpConnectionManager } from '../../xds/types.ts';
import { splitOnce } from './split-once.ts';

/**
 * The path that routes are compared with: escaped slashes first, then RFC 3986, then slashes in a row.
 * Absent where Envoy answers 400. Source: envoy `source/common/http/conn_manager_utility.cc`, `path_utility.cc`.
 */
export function normalizePath(target: string, manager: HttpConnectionManager): string | undefined {
  if (target.includes('#')) return undefined;
  const [raw = '', query] = splitOnce(target, '?');
  const action = manager.pathWithEscapedSlashesAction ?? 'KEEP_UNCHANGED';
  const escaped = /%2f|%5c/i.test(raw);
  if (escaped && action === 'REJECT_REQUEST') return undefined;
  const unescaped = action.startsWith('UNESCAPE') ? raw.replace(/%2f/gi, '/').replace(/%5c/gi, '\\') : raw;
  const canonical = manager.normalizePath ? canonicalPath(unescaped) : unescaped;
  if (canonical === undefined) return undefined;
  const path = manager.mergeSlashes ? canonical.replace(/\/{2,}/g, '/') : canonical;
  return query === undefined ? path : `${path}?${query}`;
}

/** Dot segments resolved, letters and digits unescaped, backslashes turned. */
function canonicalPath(raw: string): string | undefined {
  if (!raw.startsWith('/')) return raw;
  if (/%00/.test(raw)) return undefined;
  const plain = raw.replace(/\\/g, '/').replace(/%([0-9a-f]{2})/gi, unescapeUnreserved);
  const kept: string[] = [];
  const segments = plain.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return `/${kept.join('/')}`;
}

function unescapeUnreserved(sequence: string, digits: string): string {
  const character = String.fromCharCode(Number.parseInt(digits, 16));
  return /[A-Za-z0-9\-._~]/.test(character) ? character : sequence;
}
