import { oncePer } from '../../model/once-per.ts';
import type { Matcher, MatcherListPredicate, MatcherOnMatch } from '../../xds/types.ts';
import { matchRegex } from '../match-string.ts';
import { RangeIndex } from '../range-index.ts';
import type { Target } from './narrow-filter-chains.ts';

/** What a tree of the unified matching API asks for, and its answer: the name of a filter chain. */
export interface TreeAnswer {
  readonly filterChain?: string;
  /** The values that led there, one part of a sentence each. */
  readonly reasons: readonly string[];
}

/** Source: xds `type/matcher/v3`, envoy `source/common/matcher`. */
export function matchXdsTree(matcher: Matcher, target: Target): TreeAnswer {
  return matchTree(matcher, target) ?? { reasons: [] };
}

function matchTree(matcher: Matcher, target: Target): TreeAnswer | undefined {
  for (const { predicate, onMatch } of matcher.matcherList?.matchers ?? []) {
    if (!holds(predicate, target)) continue;
    const answer = follow(onMatch, target, []);
    if (answer) return answer;
  }
  const branch = matcher.matcherTree ? selectBranch(matcher.matcherTree, target) : undefined;
  return branch ?? (matcher.onNoMatch && follow(matcher.onNoMatch, target, []));
}

type Tree = NonNullable<Matcher['matcherTree']>;

function selectBranch(
  { input, exactMatchMap, prefixMatchMap, customMatch }: Tree,
  target: Target,
): TreeAnswer | undefined {
  const value = readInput(input.typedConfig?.['@type'], target);
  if (value === undefined) return undefined;
  const exact = exactMatchMap?.map?.[value.text];
  if (exact) return follow(exact, target, [`${value.what} ${value.text}`]);
  const prefixes = Object.entries(prefixMatchMap?.map ?? {})
    .filter(([prefix]) => value.text.startsWith(prefix))
    .sort(([left], [right]) => right.length - left.length);
  for (const [prefix, onMatch] of prefixes) {
    const answer = follow(onMatch, target, [`${value.what} that begins with ${prefix}`]);
    if (answer) return answer;
  }
  return customMatch ? selectRange(customMatch.typedConfig, value, target) : undefined;
}

interface IpMatcher {
  readonly rangeMatchers?: readonly {
    readonly ranges?: readonly { readonly addressPrefix: string; readonly prefixLen?: number }[];
    readonly onMatch: MatcherOnMatch;
    readonly exclusive?: boolean;
  }[];
}

/** The longest range decides; when it leads nowhere the next longer one is tried, unless it is exclusive. */
function selectRange(config: unknown, value: InputValue, target: Target): TreeAnswer | undefined {
  if (typeof config !== 'object' || config === null) return undefined;
  for (const { length, things } of branchesByRange(config).holding(value.text)) {
    for (const { range, onMatch, exclusive } of things) {
      const answer = follow(onMatch, target, [`${value.what} in ${range.addressPrefix}/${length}`]);
      if (answer || exclusive) return answer;
    }
  }
  return undefined;
}

const branchesByRange = oncePer(({ rangeMatchers = [] }: IpMatcher) => {
  const branches = rangeMatchers.flatMap((entry) => (entry.ranges ?? []).map((range) => ({ ...entry, range })));
  return new RangeIndex(branches, ({ range }) => [range]);
});

function follow(onMatch: MatcherOnMatch, target: Target, reasons: readonly string[]): TreeAnswer | undefined {
  if (onMatch.matcher) {
    const answer = matchTree(onMatch.matcher, target);
    return answer && { ...answer, reasons: [...reasons, ...answer.reasons] };
  }
  const action = onMatch.action?.typedConfig as { readonly value?: unknown } | undefined;
  const name = typeof action?.value === 'string' ? action.value : onMatch.action?.name;
  return name === undefined ? undefined : { filterChain: name, reasons };
}

function holds(predicate: MatcherListPredicate, target: Target): boolean {
  const { singlePredicate, orMatcher, andMatcher, notMatcher } = predicate;
  if (orMatcher) return orMatcher.predicate.some((part) => holds(part, target));
  if (andMatcher) return andMatcher.predicate.every((part) => holds(part, target));
  if (notMatcher) return !holds(notMatcher, target);
  if (!singlePredicate) return false;
  const value = readInput(singlePredicate.input.typedConfig?.['@type'], target);
  return value !== undefined && valueMatches(singlePredicate.valueMatch, value.text);
}

interface XdsString {
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly contains?: string;
  readonly safeRegex?: { readonly regex: string };
  readonly ignoreCase?: boolean;
}

function valueMatches(matcher: XdsString | undefined, text: string): boolean {
  if (!matcher) return false;
  const fold = (value: string): string => (matcher.ignoreCase ? value.toLowerCase() : value);
  if (matcher.exact !== undefined) return fold(text) === fold(matcher.exact);
  if (matcher.prefix !== undefined) return fold(text).startsWith(fold(matcher.prefix));
  if (matcher.suffix !== undefined) return fold(text).endsWith(fold(matcher.suffix));
  if (matcher.contains !== undefined) return fold(text).includes(fold(matcher.contains));
  return matcher.safeRegex !== undefined && matchRegex(matcher.safeRegex.regex, text);
}

interface InputValue {
  readonly what: string;
  readonly text: string;
}

/** Absent where the connection has no such value. */
function readInput(type: string | undefined, { address, port, detected }: Target): InputValue | undefined {
  const input = type?.split('.').at(-1);
  const protocols = detected.applicationProtocols;
  switch (input) {
    case 'DestinationIPInput':
      return { what: 'the address', text: address };
    case 'DestinationPortInput':
      return { what: 'the port', text: String(port) };
    case 'ServerNameInput':
      return detected.serverName === undefined ? undefined : { what: 'the server name', text: detected.serverName };
    case 'TransportProtocolInput':
      return { what: 'the transport protocol', text: detected.transportProtocol };
    case 'ApplicationProtocolInput':
      // Envoy writes the list with quotation marks: 'h2','http/1.1'.
      return protocols.length === 0
        ? undefined
        : { what: 'the application protocols', text: protocols.map((name) => `'${name}'`).join(',') };
    default:
      return undefined;
  }
}
