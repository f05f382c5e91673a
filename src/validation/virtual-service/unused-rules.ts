import type { HTTPRoute, TCPRoute, TLSRoute, VirtualService } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { warnOfCoveredPrefixes } from './covered-prefixes.ts';
import { matchKey } from './match-key.ts';

/** Warns of rules that never take effect, because a rule before them takes all their traffic. */
export function warnOfUnusedRules(service: VirtualService, field: Field): void {
  warnOfRepeatedMatches(service.http, field.at('http'));
  if (service.http && countMatches(service.http) > 1) warnOfCoveredPrefixes(service.http, field.at('http'));
  warnOfRepeatedMatches(service.tcp, field.at('tcp'));
  warnOfRepeatedMatches(service.tls, field.at('tls'));
}

function warnOfRepeatedMatches(rules: readonly (HTTPRoute | TCPRoute | TLSRoute)[] | undefined, field: Field): void {
  if (rules === undefined) return;
  // A match that is the only one repeats none.
  const seen = countMatches(rules) > 1 ? new Map<string, number>() : undefined;
  if (seen === undefined && rules.length < 2) return;
  let catchAll: number | undefined;
  forEachItem(rules, field, ({ match: matches = [] }, ruleField, rule) => {
    if (catchAll !== undefined)
      ruleField.warn(
        `The rule is not used: rule ${catchAll} takes all traffic; move this one before it.`,
        'rule-unreachable',
      );
    if (matches.length === 0) catchAll = rule;
    if (catchAll !== undefined || seen === undefined) return;
    let repeated = 0;
    forEachItem<object>(matches, ruleField.at('match'), (match, at) => {
      const key = matchKey(match);
      const earlier = seen.get(key);
      if (earlier === undefined) {
        seen.set(key, rule);
        return;
      }
      repeated += 1;
      at.warn(`The match is not used: rule ${earlier} has the same one.`, 'match-overlapping');
    });
    if (repeated === matches.length)
      ruleField.warn('The rule is not used: rules before it have the same matches.', 'rule-unreachable');
  });
}

function countMatches(rules: readonly (HTTPRoute | TCPRoute | TLSRoute)[]): number {
  let count = 0;
  for (const { match } of rules) count += match?.length ?? 0;
  return count;
}
