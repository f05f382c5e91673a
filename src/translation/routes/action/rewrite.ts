import type { HTTPRewrite } from '../../../model/istio/virtual-service.ts';
import type { RouteAction, RouteMatch } from '../../../xds/types.ts';
import type { RouteSemantics } from '../route-semantics.ts';

/** How the path changes on its way upstream: by a regular expression, or the matched prefix is replaced. */
export function buildPathRewrite(
  { uri, uriRegexRewrite }: HTTPRewrite,
  { match, semantics }: { readonly match: RouteMatch; readonly semantics: RouteSemantics },
): Pick<RouteAction, 'prefixRewrite' | 'regexRewrite'> {
  if (uriRegexRewrite) {
    const { match: regex = '', rewrite } = uriRegexRewrite;
    return { regexRewrite: { pattern: { regex }, ...(rewrite && { substitution: rewrite }) } };
  }
  if (!uri) return {};
  if (semantics === 'gateway' && uri === '/') return removePrefix(match.pathSeparatedPrefix ?? '');
  return { prefixRewrite: uri };
}

/** Replacing a prefix by `/` would leave two slashes; where the whole path goes, one must stay. */
function removePrefix(prefix: string): Pick<RouteAction, 'regexRewrite'> {
  const literal = prefix.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
  return { regexRewrite: { pattern: { regex: `^${literal}(/?)(.*)` }, substitution: '/\\2' } };
}
