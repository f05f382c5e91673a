import { parsePrefix } from '../../../model/ip-prefix.ts';
import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { Matcher, MatcherOnMatch, XdsCidrRange } from '../../../xds/types.ts';

/** Ends a search: the chain of that name takes the connection. */
export function toChain(name: string): MatcherOnMatch {
  return { action: { name, typedConfig: { '@type': typeUrls.stringValue, value: name } } };
}

const protocolInput = frozen({
  name: 'application-protocol',
  typedConfig: { '@type': typeUrls.applicationProtocolInput },
} as const);
const portInput = frozen({ name: 'port', typedConfig: { '@type': typeUrls.destinationPortInput } } as const);
const addressInput = frozen({ name: 'ip', typedConfig: { '@type': typeUrls.destinationIpInput } } as const);

/** By what the HTTP inspector finds: any HTTP, or bytes. */
export function byTraffic({ http, tcp }: { readonly http: string; readonly tcp: string }): MatcherOnMatch {
  const isHttp = toChain(http);
  const map = { "'h2c'": isHttp, "'http/1.1'": isHttp };
  return { matcher: { matcherTree: { input: protocolInput, exactMatchMap: { map } }, onNoMatch: toChain(tcp) } };
}

export function byPort(ports: ReadonlyMap<number, MatcherOnMatch>): MatcherOnMatch {
  return { matcher: { matcherTree: { input: portInput, exactMatchMap: { map: Object.fromEntries(ports) } } } };
}

/** What happens to connections to one of a few addresses. */
export interface AddressRule {
  readonly ranges: readonly XdsCidrRange[];
  readonly onMatch: MatcherOnMatch;
}

/** By the address that the connection was meant for, before it was tunnelled. */
export function byAddress(rules: readonly AddressRule[]): Matcher {
  const typedConfig = { '@type': typeUrls.ipMatcher, ...(rules.length > 0 && { rangeMatchers: rules }) } as const;
  return { matcherTree: { input: addressInput, customMatch: { name: 'ip', typedConfig } } };
}

export function toRanges(addresses: readonly string[]): readonly XdsCidrRange[] {
  return addresses.flatMap((text) => {
    const prefix = parsePrefix(text);
    return prefix ? [{ addressPrefix: prefix.address, prefixLen: prefix.length }] : [];
  });
}
