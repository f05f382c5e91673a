import type { RedirectAction, Route } from '../../xds/types.ts';
import { compileRegex } from '../match-string.ts';
import type { HttpRequest } from './http-request.ts';

const codes: Readonly<Record<NonNullable<RedirectAction['responseCode']>, number>> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

export function redirectCode({ responseCode }: RedirectAction): number {
  return codes[responseCode ?? 'MOVED_PERMANENTLY'];
}

/** The Location header. A changed scheme drops a port that was the old scheme's own. */
export function redirectLocation(redirect: RedirectAction, match: Route['match'], request: HttpRequest): string {
  const scheme = redirect.httpsRedirect ? 'https' : (redirect.schemeRedirect ?? request.scheme);
  const host = redirect.hostRedirect ?? request.authority;
  return `${scheme}://${withPort(host, redirect, { from: request.scheme, to: scheme })}${newPath(redirect, match, request)}`;
}

function withPort(
  host: string,
  { portRedirect, hostRedirect }: RedirectAction,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  if (portRedirect) return `${host.replace(/:\d+$/, '')}:${portRedirect}`;
  if (hostRedirect !== undefined || from === to) return host;
  return host.replace(from === 'http' ? /:80$/ : /:443$/, '');
}

function newPath(redirect: RedirectAction, match: Route['match'], { path, query }: HttpRequest): string {
  const suffix = query === undefined || redirect.stripQuery ? '' : `?${query}`;
  if (redirect.pathRedirect !== undefined)
    return redirect.pathRedirect.includes('?') ? redirect.pathRedirect : `${redirect.pathRedirect}${suffix}`;
  return `${rewritePath(redirect, match, path)}${suffix}`;
}

/** What a rewrite makes of the path, for redirects and for forwarded requests. */
export function rewritePath(
  { prefixRewrite, regexRewrite }: Pick<RedirectAction, 'prefixRewrite' | 'regexRewrite'>,
  match: Route['match'],
  path: string,
): string {
  if (prefixRewrite !== undefined && prefixRewrite !== '') {
    const matched = match.prefix ?? match.pathSeparatedPrefix ?? match.path ?? path;
    return `${prefixRewrite}${path.slice(matched.length)}`;
  }
  if (!regexRewrite) return path;
  const pattern = compileRegex(regexRewrite.pattern.regex);
  // RE2 names groups with a backslash, Java's style with a dollar.
  const substitution = (regexRewrite.substitution ?? '').replace(/\$/g, '\\$').replace(/\\(\d)/g, '$$$1');
  return pattern ? pattern.matcher(path).replaceAll(substitution) : path;
}
