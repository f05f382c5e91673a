import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { ChainMatch } from './outbound-plan.ts';

/**
 * A text that two chains share exactly where Envoy could not tell them apart: order does not matter, `*` says nothing,
 * and ranges are compared without the bits beyond their length. Source: istio `listener.go`, conflictsWith.
 */
export function chainKey(match: ChainMatch): string {
  const { serverNames = [], destinationRanges = [], applicationProtocols = [], transportProtocol = '' } = match;
  const names = new Set(serverNames.filter((name) => name !== '*'));
  const ranges = new Set(destinationRanges.flatMap((range) => rangeKey(range)));
  return JSON.stringify([transportProtocol, applicationProtocols, [...names].sort(), [...ranges].sort()]);
}

function rangeKey(range: string): readonly string[] {
  const prefix = parsePrefix(range);
  if (!prefix || prefix.address === '0.0.0.0') return [];
  return [prefix.masked];
}
