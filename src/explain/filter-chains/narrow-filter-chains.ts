import type { FilterChain, FilterChainMatch } from '../../xds/types.ts';
import type { Detected } from '../detected.ts';
import type { RejectedCandidate } from '../explanation.ts';
import { isInRange, rangeText } from '../ip-addresses.ts';

export interface NumberedChain {
  readonly index: number;
  readonly chain: FilterChain;
}

/** The criterion that left no chain, for the outcome's sake. */
export type Criterion = 'port' | 'address' | 'server-name' | 'transport' | 'application-protocol' | 'source';

export interface Narrowed {
  readonly chosen?: NumberedChain;
  /** What the chosen chain asks for, as part of a sentence. */
  readonly reasons: readonly string[];
  readonly rejected: readonly RejectedCandidate[];
  /** Where nothing is chosen: the criterion after which no chain was left. */
  readonly failedAt?: Criterion;
}

/** What remains after one criterion, and why. */
interface Level {
  readonly criterion: Criterion;
  readonly kept: readonly NumberedChain[];
  /** How the kept ones match, as part of a sentence. */
  readonly reason?: string;
  /** Why this one is left out. */
  readonly because: (match: FilterChainMatch) => string;
}

export interface Target {
  readonly address: string;
  readonly port: number;
  readonly detected: Detected;
}

/**
 * Envoy's order: at each criterion only the chains with the most specific matching value go on, and there is no way
 * back when none of them matches the next one. Source: envoy `source/common/listener_manager/filter_chain_manager_impl.cc`,
 * documented with FilterChainMatch.
 */
export function narrowFilterChains(chains: readonly NumberedChain[], target: Target): Narrowed {
  const rejected: RejectedCandidate[] = [];
  const reasons: string[] = [];
  let left = chains;
  let failedAt: Criterion | undefined;
  for (const narrow of [byPort, byAddress, byServerName, byTransport, byApplicationProtocol, bySource]) {
    const level = narrow(left, target);
    for (const dropped of left) {
      if (level.kept.includes(dropped)) continue;
      rejected.push({ name: chainName(dropped), reason: level.because(matchOf(dropped)) });
    }
    if (level.reason !== undefined) reasons.push(level.reason);
    left = level.kept;
    if (left.length > 0) continue;
    failedAt = level.criterion;
    break;
  }
  const [chosen, ...same] = left;
  for (const other of same)
    rejected.push({ name: chainName(other), reason: 'It asks for the same; the first one wins.' });
  return { ...(chosen && { chosen }), reasons, rejected, ...(failedAt && { failedAt }) };
}

export function chainName({ index, chain }: NumberedChain): string {
  return chain.name === undefined ? `filter chain ${index}` : `filter chain ${index} (${chain.name})`;
}

function matchOf({ chain }: NumberedChain): FilterChainMatch {
  return chain.filterChainMatch ?? {};
}

/** A chain for the port shuts out those for any port, even if it matches nothing else. */
function byPort(chains: readonly NumberedChain[], { port }: Target): Level {
  const exact = chains.filter((chain) => matchOf(chain).destinationPort === port);
  const kept = exact.length > 0 ? exact : chains.filter((chain) => matchOf(chain).destinationPort === undefined);
  return {
    criterion: 'port',
    kept,
    ...(exact.length > 0 && { reason: `port ${port}` }),
    because: ({ destinationPort }) =>
      destinationPort === undefined
        ? `It takes any port, and another filter chain is for port ${port} itself.`
        : `It is for port ${destinationPort}, not ${port}.`,
  };
}

/** The longest range that holds the address; a chain without ranges takes every address. */
function byAddress(chains: readonly NumberedChain[], { address }: Target): Level {
  const rangeLength = (chain: NumberedChain): number => {
    const { prefixRanges = [] } = matchOf(chain);
    if (prefixRanges.length === 0) return 0;
    return Math.max(
      -1,
      ...prefixRanges.filter((range) => isInRange(address, range)).map((range) => range.prefixLen ?? 0),
    );
  };
  const longest = Math.max(-1, ...chains.map(rangeLength));
  const kept = longest < 0 ? [] : chains.filter((chain) => rangeLength(chain) === longest);
  return {
    criterion: 'address',
    kept,
    ...(longest > 0 && { reason: `an address range of length ${longest} that holds ${address}` }),
    because: ({ prefixRanges = [] }) => {
      const ranges = prefixRanges.map(rangeText).join(', ');
      if (prefixRanges.length === 0)
        return `It takes any address, and another filter chain has a range that holds ${address}.`;
      return prefixRanges.some((range) => isInRange(address, range))
        ? `Another filter chain has a longer range than ${ranges}.`
        : `${address} is not in ${ranges}.`;
    },
  };
}

/** The name itself, then its wildcards from the longest to the shortest, then chains that ask for none. */
function byServerName(chains: readonly NumberedChain[], { detected }: Target): Level {
  const { serverName } = detected;
  const keys = serverName === undefined ? [] : [serverName, ...wildcardsOf(serverName)];
  const key = keys.find((name) => chains.some((chain) => matchOf(chain).serverNames?.includes(name)));
  const kept =
    key === undefined
      ? chains.filter((chain) => (matchOf(chain).serverNames ?? []).length === 0)
      : chains.filter((chain) => matchOf(chain).serverNames?.includes(key));
  return {
    criterion: 'server-name',
    kept,
    ...(key !== undefined && { reason: `the server name ${key}` }),
    because: ({ serverNames = [] }) => {
      const names = listText(serverNames);
      if (serverNames.length === 0) return `It takes any server name, and another filter chain is for ${key}.`;
      if (serverName === undefined) return `It asks for the server name ${names}, and there is none.`;
      return keys.some((name) => serverNames.includes(name))
        ? `${key} is more specific than ${names}.`
        : `It asks for the server name ${names}, not ${serverName}.`;
    },
  };
}

/** `*.b.example.com`, `*.example.com`, `*.com`: the first label is never left out by half. */
function wildcardsOf(serverName: string): readonly string[] {
  const labels = serverName.split('.');
  return labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
}

function byTransport(chains: readonly NumberedChain[], { detected }: Target): Level {
  const { transportProtocol } = detected;
  const exact = chains.filter((chain) => matchOf(chain).transportProtocol === transportProtocol);
  const kept = exact.length > 0 ? exact : chains.filter((chain) => (matchOf(chain).transportProtocol ?? '') === '');
  return {
    criterion: 'transport',
    kept,
    ...(exact.length > 0 && { reason: `the transport protocol ${transportProtocol}` }),
    because: (match) =>
      (match.transportProtocol ?? '') === ''
        ? `It takes any transport protocol, and another filter chain is for ${transportProtocol}.`
        : `It asks for the transport protocol ${match.transportProtocol}, not ${transportProtocol}.`,
  };
}

/** The client’s protocols in the order of its preference. */
function byApplicationProtocol(chains: readonly NumberedChain[], { detected }: Target): Level {
  const found = detected.applicationProtocols;
  const key = found.find((name) => chains.some((chain) => matchOf(chain).applicationProtocols?.includes(name)));
  const kept =
    key === undefined
      ? chains.filter((chain) => (matchOf(chain).applicationProtocols ?? []).length === 0)
      : chains.filter((chain) => matchOf(chain).applicationProtocols?.includes(key));
  return {
    criterion: 'application-protocol',
    kept,
    ...(key !== undefined && { reason: `the application protocol ${key}` }),
    because: ({ applicationProtocols = [] }) =>
      applicationProtocols.length === 0
        ? `It takes any application protocol, and another filter chain is for ${key}.`
        : `It asks for the application protocol ${listText(applicationProtocols)}; found: ${listText(found) || 'none'}.`,
  };
}

/** The client is the application beside the proxy, whose address and port the snapshot does not tell. */
function bySource(chains: readonly NumberedChain[]): Level {
  const asks = ({ sourcePorts, sourcePrefixRanges, directSourcePrefixRanges, sourceType }: FilterChainMatch): boolean =>
    [sourcePorts, sourcePrefixRanges, directSourcePrefixRanges].some((list) => (list ?? []).length > 0) ||
    sourceType === 'SAME_IP_OR_LOOPBACK';
  return {
    criterion: 'source',
    kept: chains.filter((chain) => !asks(matchOf(chain))),
    because: () => 'It asks for a source address or port.',
  };
}

function listText(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} others`;
}
