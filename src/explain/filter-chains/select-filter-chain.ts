import { oncePer } from '../../model/once-per.ts';
import type { FilterChain, Listener } from '../../xds/types.ts';
import type { Detected } from '../detected.ts';
import type { Explanation, FilterChainStep, RejectedCandidate } from '../explanation.ts';
import { followNetworkFilters } from '../network-filters.ts';
import type { OutcomeCode } from '../outcomes.ts';
import { end, limitCandidates, precede, type Walk } from '../walk.ts';
import { findCause } from './find-cause.ts';
import { matchXdsTree } from './match-xds-tree.ts';
import { type Criterion, narrowFilterChains, type Target } from './narrow-filter-chains.ts';
import { chainName, type NumberedChain, numberChains } from './numbered-chain.ts';

/** The chain that a connection takes, or the default one. */
interface Selected {
  readonly chosen?: NumberedChain;
  readonly reasons: readonly string[];
  readonly rejected: Iterable<RejectedCandidate>;
  readonly failedAt?: Criterion;
}

export function selectFilterChain(walk: Walk, listener: Listener, detected: Detected): Explanation {
  const { address, port, sni } = walk.connection;
  const target: Target = { address, port, detected };
  const chains = numberChains(listener);
  const selected = listener.filterChainMatcher
    ? selectByTree(listener.filterChainMatcher, chains, target)
    : narrowFilterChains(chains, target);
  const chain = selected.chosen?.chain ?? listener.defaultFilterChain;
  const position: number | 'default' | undefined = selected.chosen?.index ?? (chain ? 'default' : undefined);
  const outcome = outcomeWithout(selected.failedAt, sni);
  const step: FilterChainStep = {
    kind: 'filter-chain',
    ...(position !== undefined && { filterChain: position }),
    ...(chain && { chosen: selected.chosen ? chainName(selected.chosen) : defaultName(chain) }),
    reason: reasonFor(selected, chain),
    rejected: limitCandidates(selected.rejected, chains.length - (selected.chosen ? 1 : 0)),
    notes: chain && !selected.chosen && selected.failedAt === 'server-name' ? [serverNameNote(sni)] : [],
  };
  if (!chain || position === undefined) return end(outcome, [step]);
  const cause = position === 'default' ? findCause(chains, walk.connection) : undefined;
  const facts = {
    ...(cause && { cause }),
    filterChain: position,
    ...(chain.name !== undefined && { filterChainName: chain.name }),
  };
  return precede(step, facts, followNetworkFilters(walk, chain));
}

function selectByTree(
  matcher: NonNullable<Listener['filterChainMatcher']>,
  chains: readonly NumberedChain[],
  target: Target,
): Selected {
  const { filterChain, reasons } = matchXdsTree(matcher, target);
  const chosen = filterChain === undefined ? undefined : chainsByName(chains).get(filterChain);
  return { ...(chosen && { chosen }), reasons, rejected: rejectOthers(chains, chosen) };
}

/** The first one of each name. */
const chainsByName = oncePer(
  (chains: readonly NumberedChain[]) => new Map(chains.toReversed().map((one) => [one.chain.name, one])),
);

function* rejectOthers(
  chains: readonly NumberedChain[],
  chosen: NumberedChain | undefined,
): Iterable<RejectedCandidate> {
  for (const candidate of chains)
    if (candidate !== chosen)
      yield { name: chainName(candidate), reason: 'The matching tree of the listener leads elsewhere.' };
}

function reasonFor({ chosen, reasons }: Selected, chain: FilterChain | undefined): string {
  if (chosen)
    return reasons.length === 0
      ? 'It takes any connection.'
      : `It matches ${reasons.join(', ')}: the most specific match.`;
  return chain
    ? 'No other filter chain matches, so the default one takes the connection.'
    : 'No filter chain matches, and there is no default one: Envoy closes the connection.';
}

function defaultName({ name }: FilterChain): string {
  return name === undefined ? 'the default filter chain' : `the default filter chain (${name})`;
}

function outcomeWithout(failedAt: Criterion | undefined, sni: string | undefined): OutcomeCode {
  if (failedAt !== 'server-name') return 'no-filter-chain';
  return sni === undefined ? 'sni-missing' : 'sni-not-matched';
}

function serverNameNote(sni: string | undefined): string {
  return sni === undefined
    ? 'The client sent no server name (SNI), so no chain that asks for one can match.'
    : `No filter chain accepts the server name ${sni}.`;
}
