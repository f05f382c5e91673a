import { RE2JS } from 're2js';
import type { StringMatcher } from '../xds/types.ts';

/**
 * Whether the whole text matches. Envoy's engine is RE2, whose time is linear in the text; so is this one's.
 * A pattern that does not compile matches nothing: Envoy refuses the configuration that holds it.
 */
export function matchRegex(pattern: string, text: string): boolean {
  return compileRegex(pattern)?.matches(text) ?? false;
}

export function compileRegex(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    return undefined;
  }
}

export function matchString(matcher: StringMatcher, text: string): boolean {
  const { exact, prefix, suffix, contains, safeRegex, ignoreCase } = matcher;
  const fold = (value: string): string => (ignoreCase ? value.toLowerCase() : value);
  if (exact !== undefined) return fold(text) === fold(exact);
  if (prefix !== undefined) return fold(text).startsWith(fold(prefix));
  if (suffix !== undefined) return fold(text).endsWith(fold(suffix));
  if (contains !== undefined) return fold(text).includes(fold(contains));
  // An empty matcher is the exact empty string.
  return safeRegex ? matchRegex(safeRegex.regex, text) : text === '';
}

/** `begins with "a"`, `does not end with "b"`: what a text does, for sentences. */
export function stringMatcherText(matcher: StringMatcher, inverted: boolean): string {
  const { exact, prefix, suffix, contains, safeRegex, ignoreCase } = matcher;
  const folded = ignoreCase ? ' in any case' : '';
  const does = (verb: string, third: string): string => (inverted ? `does not ${verb}` : third);
  if (prefix !== undefined) return `${does('begin', 'begins')} with "${prefix}"${folded}`;
  if (suffix !== undefined) return `${does('end', 'ends')} with "${suffix}"${folded}`;
  if (contains !== undefined) return `${does('contain', 'contains')} "${contains}"${folded}`;
  if (safeRegex) return `${does('match', 'matches')} the expression ${safeRegex.regex}`;
  return `${inverted ? 'is not' : 'is'} "${exact ?? ''}"${folded}`;
}
