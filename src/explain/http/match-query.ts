import type { QueryParameterMatcher } from '../../xds/types.ts';
import { matchString, stringMatcherText } from '../match-string.ts';
import { splitOnce } from './split-once.ts';

/** The first value of each name, still escaped: Envoy matches it so. */
export function readParameters(query: string | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of (query ?? '').split('&')) {
    if (part === '') continue;
    const [name = '', value = ''] = splitOnce(part, '=');
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** Why the parameter does not match; absent where it does. */
export function mismatchOfParameter(
  matcher: QueryParameterMatcher,
  parameters: ReadonlyMap<string, string>,
): string | undefined {
  const value = parameters.get(matcher.name);
  const matches = matcher.stringMatch
    ? value !== undefined && matchString(matcher.stringMatch, value)
    : (value !== undefined) === (matcher.presentMatch ?? true);
  if (matches) return undefined;
  return `It asks for ${describeParameter(matcher)}, and ${value === undefined ? 'the request has none' : `it is "${value}"`}.`;
}

/** As part of a sentence. */
export function describeParameter({ name, stringMatch, presentMatch = true }: QueryParameterMatcher): string {
  if (stringMatch) return `the query parameter ${name} that ${stringMatcherText(stringMatch, false)}`;
  return presentMatch ? `the query parameter ${name}` : `no query parameter ${name}`;
}
