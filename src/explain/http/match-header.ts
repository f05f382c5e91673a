import type { HeaderMatcher, StringMatcher } from '../../xds/types.ts';
import { matchString, stringMatcherText } from '../match-string.ts';

/**
 * Why the header does not match; absent where it does. A missing header matches nothing but a test for its absence,
 * not even an inverted one. Source: envoy `source/common/http/header_utility.cc`.
 */
export function mismatchOfHeader(matcher: HeaderMatcher, headers: ReadonlyMap<string, string>): string | undefined {
  const name = matcher.name.toLowerCase();
  const value = headers.get(name) ?? (matcher.treatMissingHeaderAsEmpty ? '' : undefined);
  if (matches(matcher, value)) return undefined;
  return `It asks for ${describeHeader(matcher)}, and ${value === undefined ? 'the request has none' : `it is "${value}"`}.`;
}

function matches(matcher: HeaderMatcher, value: string | undefined): boolean {
  const inverted = matcher.invertMatch === true;
  const strings = stringMatcherOf(matcher);
  if (!strings && !matcher.rangeMatch) return ((value !== undefined) === (matcher.presentMatch ?? true)) !== inverted;
  if (value === undefined) return false;
  return (strings ? matchString(strings, value) : isInInterval(matcher.rangeMatch ?? {}, value)) !== inverted;
}

/** The older forms say the same as a string matcher. */
function stringMatcherOf(matcher: HeaderMatcher): StringMatcher | undefined {
  const { stringMatch, exactMatch, prefixMatch, suffixMatch, containsMatch, safeRegexMatch } = matcher;
  if (stringMatch) return stringMatch;
  if (exactMatch !== undefined) return { exact: exactMatch };
  if (prefixMatch !== undefined) return { prefix: prefixMatch };
  if (suffixMatch !== undefined) return { suffix: suffixMatch };
  if (containsMatch !== undefined) return { contains: containsMatch };
  return safeRegexMatch && { safeRegex: safeRegexMatch };
}

/** The end does not belong to it. */
function isInInterval({ start = '0', end = '0' }: NonNullable<HeaderMatcher['rangeMatch']>, value: string): boolean {
  if (!/^[+-]?\d+$/.test(value)) return false;
  const number = BigInt(value.replace(/^\+/, ''));
  return number >= BigInt(start) && number < BigInt(end);
}

const pseudoHeaders: Readonly<Record<string, string>> = {
  ':authority': 'an authority',
  ':method': 'a method',
  ':path': 'a path with query',
  ':scheme': 'a scheme',
};

/** As part of a sentence. */
export function describeHeader(matcher: HeaderMatcher): string {
  const subject = pseudoHeaders[matcher.name] ?? `the header ${matcher.name}`;
  const strings = stringMatcherOf(matcher);
  if (strings) return `${subject} that ${stringMatcherText(strings, matcher.invertMatch === true)}`;
  if (matcher.rangeMatch) {
    const { start = '0', end = '0' } = matcher.rangeMatch;
    return `${subject} ${matcher.invertMatch ? 'outside' : 'between'} ${start} and ${end}`;
  }
  return (matcher.presentMatch ?? true) === (matcher.invertMatch === true)
    ? `no ${subject.replace(/^the /, '')}`
    : subject;
}
