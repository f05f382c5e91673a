import type { HTTPMatchRequest, HTTPRoute, StringMatch } from '../../model/istio/virtual-service.ts';
import type { Field } from '../field.ts';
import { matchKey } from './match-key.ts';

/** A match on a prefix of the path, with its other conditions in a form that is easy to compare. */
interface PrefixMatch {
  readonly field: Field;
  readonly rule: number;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly maps: readonly ReadonlyMap<string, string>[];
}

/** Warns of prefixes that lie within that of an earlier rule: `/debugs` after `/debug`. */
export function warnOfCoveredPrefixes(rules: readonly HTTPRoute[], field: Field): void {
  const matches = prefixMatches(rules, field);
  for (const [index, match] of matches.entries()) {
    for (const earlier of matches.slice(0, index)) {
      if (earlier.prefix !== match.prefix && covers(earlier, match)) {
        match.field.warn(
          `Prefix "${match.prefix}" is not used: prefix "${earlier.prefix}" in rule ${earlier.rule} takes its traffic.`,
          'match-overlapping',
        );
      }
    }
  }
}

/** The matches that are the first of their kind, in the rules up to the first one that matches everything. */
function firstMatches(rules: readonly HTTPRoute[]): readonly { readonly rule: number; readonly match: number }[] {
  const found: { rule: number; match: number }[] = [];
  const seen = new Set<string>();
  for (const [rule, { match: matches = [] }] of rules.entries()) {
    if (matches.length === 0) break;
    for (const [match, request] of matches.entries()) {
      const key = matchKey(request);
      if (!seen.has(key)) found.push({ rule, match });
      seen.add(key);
    }
  }
  return found;
}

function prefixMatches(rules: readonly HTTPRoute[], field: Field): readonly PrefixMatch[] {
  return firstMatches(rules).flatMap(({ rule, match }) => {
    const request = rules[rule]?.match?.[match];
    const prefix = request?.uri?.prefix ?? '';
    if (request === undefined || prefix === '') return [];
    return [{ ...comparable(request), field: field.at(rule).at('match').at(match), rule, prefix }];
  });
}

function comparable(request: HTTPMatchRequest): Pick<PrefixMatch, 'port' | 'method' | 'authority' | 'maps'> {
  return {
    port: request.port ?? 0,
    method: matchText(request.method) || 'exact:GET',
    authority: matchText(request.authority),
    maps: [request.headers, request.queryParams, request.withoutHeaders].map(
      (map) => new Map(Object.entries(map ?? {}).map(([name, value]) => [name, matchText(value)])),
    ),
  };
}

/** Regular expressions are not compared. */
function matchText(match: StringMatch | undefined): string {
  if (match?.exact) return `exact:${match.exact}`;
  return match?.prefix ? `prefix:${match.prefix}` : '';
}

/** istiod's notion: the earlier match's texts begin with those of the later one. */
function covers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
    later.prefix.startsWith(earlier.prefix) &&
    later.port === earlier.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    earlier.maps.every((map, index) => coversMap(map, later.maps[index] ?? new Map()))
  );
}

function coversMap(earlier: ReadonlyMap<string, string>, later: ReadonlyMap<string, string>): boolean {
  if (earlier.size !== later.size) return false;
  return [...earlier].every(([name, text]) => {
    const other = later.get(name);
    return other !== undefined && text.startsWith(other);
  });
}
