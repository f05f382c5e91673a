import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { ChainMatch } from './outbound-plan.ts';

const none: readonly string[] = [];

/**
 * A text that two chains share exactly where Envoy could not tell them apart: order does not matter, `*` says nothing,
 * and ranges are compared without the bits beyond their length. Source: istio `listener.go`, conflictsWith.
 */
export function chainKey(match: ChainMatch): string {
  const { serverNames = none, destinationRanges = none, applicationProtocols = none, transportProtocol = '' } = match;
  const names = withoutOrder(serverNames.includes('*') ? serverNames.filter((name) => name !== '*') : serverNames);
  const ranges = destinationRanges.length === 0 ? '' : withoutOrder(destinationRanges.flatMap(rangeKey));
  const asksForMore = ranges !== '' || applicationProtocols.length > 0 || transportProtocol !== '';
  // No name holds a space.
  return asksForMore ? `${names} ${ranges} ${applicationProtocols.join()} ${transportProtocol}` : names;
}

function withoutOrder(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : [...new Set(items)].sort().join();
}

function rangeKey(range: string): readonly string[] {
  const prefix = parsePrefix(range);
  if (!prefix || prefix.address === '0.0.0.0') return none;
  return [prefix.masked];
}
