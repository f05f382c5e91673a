import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { CidrRange, FilterChainMatch } from '../../../xds/types.ts';
import type { ChainMatch } from '../plan/outbound-plan.ts';

/** `*` among the server names means any of them, and connections without one. */
const namesAnything = (names: readonly string[]): boolean => names.length === 0 || names.includes('*');

/** Whether every connection takes the chain: it becomes the listener's default. */
export function matchesEverything(match: ChainMatch): boolean {
  const { serverNames = [], applicationProtocols = [], transportProtocol = '', destinationRanges = [] } = match;
  return (
    namesAnything(serverNames) &&
    applicationProtocols.length === 0 &&
    transportProtocol === '' &&
    destinationRanges.length === 0
  );
}

export function renderChainMatch(match: ChainMatch): FilterChainMatch {
  const { serverNames = [], applicationProtocols = [], transportProtocol = '', destinationRanges = [] } = match;
  const prefixRanges = [...destinationRanges].sort().flatMap(cidrRange);
  return {
    ...(prefixRanges.length > 0 && { prefixRanges }),
    ...(!namesAnything(serverNames) && { serverNames: [...serverNames].sort() }),
    ...(transportProtocol !== '' && { transportProtocol }),
    ...(applicationProtocols.length > 0 && { applicationProtocols }),
  };
}

/** A range of all addresses says nothing and is left out. */
function cidrRange(text: string): readonly CidrRange[] {
  const prefix = parsePrefix(text);
  if (!prefix || prefix.address === '0.0.0.0') return [];
  return [{ addressPrefix: prefix.address, prefixLen: prefix.length }];
}
