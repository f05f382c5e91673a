import { oncePer } from '../../model/once-per.ts';
import type { FilterChainMatch } from '../../xds/types.ts';
import type { CauseCode } from '../causes.ts';
import type { Connection } from '../request.ts';
import { matchOf, type NumberedChain } from './numbered-chain.ts';

/** Why no filter chain but the default one takes the connection; what the client does counts, seen or not. */
export function findCause(chains: readonly NumberedChain[], { tls, sni, protocol }: Connection): CauseCode | undefined {
  if (chains.length === 0) return undefined;
  const { someTls, allTls, someHttp } = summarize(chains);
  if (tls) {
    if (!someTls) return someHttp ? 'tls-on-http-port' : 'address-not-registered';
    return sni === undefined ? 'server-name-missing' : 'server-name-not-registered';
  }
  if (allTls) return 'plaintext-on-tls-port';
  return protocol === 'tcp' && someHttp ? 'not-http-on-http-port' : 'address-not-registered';
}

const summarize = oncePer((chains: readonly NumberedChain[]) => {
  const matches = chains.map(matchOf);
  return {
    someTls: matches.some(asksForTls),
    allTls: matches.every(asksForTls),
    someHttp: matches.some(asksForHttp),
  };
});

function asksForTls({ serverNames = [], transportProtocol }: FilterChainMatch): boolean {
  return transportProtocol === 'tls' || serverNames.length > 0;
}

function asksForHttp({ applicationProtocols = [] }: FilterChainMatch): boolean {
  return applicationProtocols.includes('http/1.1');
}
