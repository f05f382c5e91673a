import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { Draft } from '../../../xds/draft.ts';
import type { CidrRange, FilterChainMatch } from '../../../xds/types.ts';
import type { ChainMatch } from '../plan/outbound-plan.ts';

/** `*` among the server names means any of them, and connections without one. */
const namesAnything = (names: readonly string[]): boolean => names.length === 0 || names.includes('*');

/** Whether every connection takes the chain: it becomes the listener's default. */
export function matchesEverything(match: ChainMatch): boolean {
  const { serverNames = none, applicationProtocols = none, transportProtocol = '', destinationRanges = none } = match;
  return (
    namesAnything(serverNames) &&
    applicationProtocols.length === 0 &&
    transportProtocol === '' &&
    destinationRanges.length === 0
  );
}

const none: readonly string[] = [];

export function renderChainMatch(match: ChainMatch): FilterChainMatch {
  const { serverNames = none, transportProtocol = '', destinationRanges = none, applicationProtocols = none } = match;
  if (destinationRanges.length === 0 && transportProtocol === '' && applicationProtocols.length === 0) {
    return namesAnything(serverNames) ? {} : { serverNames: inOrder(serverNames) };
  }
  const rendered: Draft<FilterChainMatch> = {};
  const prefixRanges = destinationRanges.length > 0 ? destinationRanges.toSorted().flatMap(cidrRange) : [];
  if (prefixRanges.length > 0) rendered.prefixRanges = prefixRanges;
  if (!namesAnything(serverNames)) rendered.serverNames = inOrder(serverNames);
  if (transportProtocol !== '') rendered.transportProtocol = transportProtocol;
  if (applicationProtocols.length > 0) rendered.applicationProtocols = applicationProtocols;
  return rendered;
}

function inOrder(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : names.toSorted();
}

/** A range of all addresses says nothing and is left out. */
function cidrRange(text: string): readonly CidrRange[] {
  const prefix = parsePrefix(text);
  if (!prefix || prefix.address === '0.0.0.0') return [];
  return [{ addressPrefix: prefix.address, prefixLen: prefix.length }];
}
