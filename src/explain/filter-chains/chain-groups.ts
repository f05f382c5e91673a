import { oncePer } from '../../model/once-per.ts';
import type { FilterChainMatch } from '../../xds/types.ts';
import { RangeIndex } from '../range-index.ts';
import { matchOf, type NumberedChain } from './numbered-chain.ts';

type Chains = readonly NumberedChain[];

/** Chains by the values of one criterion that they ask for; under undefined those that ask for none. */
type ChainGroups<K> = ReadonlyMap<K | undefined, Chains>;

export const none: Chains = [];

/** As Envoy does when it takes a listener in: a listener can have thousands of chains, and a connection meets few of them. */
export const chainsByPort = groupedBy(({ destinationPort }) =>
  destinationPort === undefined ? [] : [destinationPort],
);
export const chainsByServerName = groupedBy(({ serverNames = [] }) => serverNames);
export const chainsByTransport = groupedBy(({ transportProtocol }) => (transportProtocol ? [transportProtocol] : []));
export const chainsByApplicationProtocol = groupedBy(({ applicationProtocols = [] }) => applicationProtocols);

/** Those whose longest range that holds the address is the longest of all; no range at all is as good as an empty one. */
export function chainsForAddress(chains: Chains, address: string): { readonly length: number; readonly kept: Chains } {
  const { ranges, anywhere } = addressesOf(chains);
  const [longest] = ranges.holding(address);
  if (!longest || longest.length > 0) return longest ? { length: longest.length, kept: longest.things } : anywhere;
  const kept = new Set([...longest.things, ...anywhere.kept]);
  return { length: 0, kept: chains.filter((chain) => kept.has(chain)) };
}

const addressesOf = oncePer((chains: Chains) => {
  const kept = chains.filter((chain) => rangesOf(chain).length === 0);
  return { ranges: new RangeIndex(chains, rangesOf), anywhere: { length: kept.length === 0 ? -1 : 0, kept } };
});

function rangesOf(chain: NumberedChain) {
  return matchOf(chain).prefixRanges ?? [];
}

function groupedBy<K>(valuesOf: (match: FilterChainMatch) => readonly K[]): (chains: Chains) => ChainGroups<K> {
  return oncePer((chains) => {
    const groups = new Map<K | undefined, NumberedChain[]>();
    for (const chain of chains) {
      const values = valuesOf(matchOf(chain));
      for (const value of values.length === 0 ? [undefined] : values) {
        const group = groups.get(value);
        if (!group) groups.set(value, [chain]);
        else if (group.at(-1) !== chain) group.push(chain);
      }
    }
    return groups;
  });
}
