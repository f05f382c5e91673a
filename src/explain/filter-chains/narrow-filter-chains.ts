import { oncePer } from '../../model/once-per.ts';
import type { FilterChainMatch } from '../../xds/types.ts';
import type { Detected } from '../detected.ts';
import type { RejectedCandidate } from '../explanation.ts';
import { isInRange, rangeText } from '../ip-addresses.ts';
import {
  chainsByApplicationProtocol,
  chainsByPort,
  chainsByServerName,
  chainsByTransport,
  chainsForAddress,
  none,
} from './chain-groups.ts';
import { chainName, matchOf, type NumberedChain } from './numbered-chain.ts';

/** The criterion that left no chain, for the outcome's sake. */
export type Criterion = 'port' | 'address' | 'server-name' | 'transport' | 'application-protocol' | 'source';

export interface Narrowed {
  readonly chosen?: NumberedChain;
  /** What the chosen chain asks for, as part of a sentence. */
  readonly reasons: readonly string[];
  /** All others. */
  readonly rejected: Iterable<RejectedCandidate>;
  /** Where nothing is chosen: the criterion after which no chain was left. */
  readonly failedAt?: Criterion;
}

/** What remains after one criterion, and why. */
interface Level {
  readonly criterion: Criterion;
  /** In their order. */
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
  const reasons: string[] = [];
  const passed: Passed[] = [];
  let left = chains;
  let failedAt: Criterion | undefined;
  for (const narrow of [byPort, byAddress, byServerName, byTransport, byApplicationProtocol, bySource]) {
    const level = narrow(left, target);
    passed.push({ left, level });
    if (level.reason !== undefined) reasons.push(level.reason);
    left = level.kept;
    if (left.length > 0) continue;
    failedAt = level.criterion;
    break;
  }
  const [chosen] = left;
  return { ...(chosen && { chosen }), reasons, rejected: rejectOthers(passed, left), ...(failedAt && { failedAt }) };
}

interface Passed {
  readonly left: readonly NumberedChain[];
  readonly level: Level;
}

function* rejectOthers(passed: readonly Passed[], [, ...same]: readonly NumberedChain[]): Iterable<RejectedCandidate> {
  for (const { left, level } of passed) {
    let next = 0;
    for (const chain of level.kept.length === left.length ? none : left) {
      if (chain === level.kept[next]) next++;
      else yield { name: chainName(chain), reason: level.because(matchOf(chain)) };
    }
  }
  for (const other of same) yield { name: chainName(other), reason: 'It asks for the same; the first one wins.' };
}

/** A chain for the port shuts out those for any port, even if it matches nothing else. */
function byPort(chains: readonly NumberedChain[], { port }: Target): Level {
  const groups = chainsByPort(chains);
  const exact = groups.get(port);
  return {
    criterion: 'port',
    kept: exact ?? groups.get(undefined) ?? none,
    ...(exact && { reason: `port ${port}` }),
    because: ({ destinationPort }) =>
      destinationPort === undefined
        ? `It takes any port, and another filter chain is for port ${port} itself.`
        : `It is for port ${destinationPort}, not ${port}.`,
  };
}

/** The longest range that holds the address; a chain without ranges takes every address. */
function byAddress(chains: readonly NumberedChain[], { address }: Target): Level {
  const { length: longest, kept } = chainsForAddress(chains, address);
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
  const groups = chainsByServerName(chains);
  const key = keys.find((name) => groups.has(name));
  return {
    criterion: 'server-name',
    kept: groups.get(key) ?? none,
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
  const groups = chainsByTransport(chains);
  const exact = groups.get(transportProtocol);
  return {
    criterion: 'transport',
    kept: exact ?? groups.get(undefined) ?? none,
    ...(exact && { reason: `the transport protocol ${transportProtocol}` }),
    because: (match) =>
      (match.transportProtocol ?? '') === ''
        ? `It takes any transport protocol, and another filter chain is for ${transportProtocol}.`
        : `It asks for the transport protocol ${match.transportProtocol}, not ${transportProtocol}.`,
  };
}

/** The client’s protocols in the order of its preference. */
function byApplicationProtocol(chains: readonly NumberedChain[], { detected }: Target): Level {
  const found = detected.applicationProtocols;
  const groups = chainsByApplicationProtocol(chains);
  const key = found.find((name) => groups.has(name));
  return {
    criterion: 'application-protocol',
    kept: groups.get(key) ?? none,
    ...(key !== undefined && { reason: `the application protocol ${key}` }),
    because: ({ applicationProtocols = [] }) =>
      applicationProtocols.length === 0
        ? `It takes any application protocol, and another filter chain is for ${key}.`
        : `It asks for the application protocol ${listText(applicationProtocols)}; found: ${listText(found) || 'none'}.`,
  };
}

/** The client is the application beside the proxy, whose address and port the snapshot does not tell. */
function bySource(chains: readonly NumberedChain[]): Level {
  return { criterion: 'source', kept: fromAnywhere(chains), because: () => 'It asks for a source address or port.' };
}

const fromAnywhere = oncePer((chains: readonly NumberedChain[]) => chains.filter((chain) => !asksForSource(chain)));

function asksForSource(chain: NumberedChain): boolean {
  const { sourcePorts, sourcePrefixRanges, directSourcePrefixRanges, sourceType } = matchOf(chain);
  return (
    [sourcePorts, sourcePrefixRanges, directSourcePrefixRanges].some((list) => (list ?? []).length > 0) ||
    sourceType === 'SAME_IP_OR_LOOPBACK'
  );
}

function listText(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} others`;
}
