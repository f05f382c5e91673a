import type { FilterChainMatch } from '../../xds/types.ts';
import type { CauseCode } from '../causes.ts';
import type { Connection } from '../request.ts';
import type { NumberedChain } from './narrow-filter-chains.ts';

/** Why no filter chain but the default one takes the connection; what the client does counts, seen or not. */
export function findCause(chains: readonly NumberedChain[], { tls, sni, protocol }: Connection): CauseCode | undefined {
  const matches = chains.map(({ chain }) => chain.filterChainMatch ?? {});
  if (matches.length === 0) return undefined;
  if (tls) {
    if (!matches.some(asksForTls)) return matches.some(asksForHttp) ? 'tls-on-http-port' : 'address-not-registered';
    return sni === undefined ? 'server-name-missing' : 'server-name-not-registered';
  }
  if (matches.every(asksForTls)) return 'plaintext-on-tls-port';
  if (protocol === 'tcp' && matches.some(asksForHttp)) return 'not-http-on-http-port';
  return 'address-not-registered';
}

function asksForTls({ serverNames = [], transportProtocol }: FilterChainMatch): boolean {
  return transportProtocol === 'tls' || serverNames.length > 0;
}

function asksForHttp({ applicationProtocols = [] }: FilterChainMatch): boolean {
  return applicationProtocols.includes('http/1.1');
}
