import { isTcp } from '../../../model/protocol.ts';
import type { ListenerContext } from '../listener-context.ts';
import { reportLostChain } from './conflict-diagnostics.ts';
import type { ChainPlan, PlacedClaim } from './outbound-plan.ts';
import { planHttpChain } from './plan-chain.ts';

/** Claims below which a listener is planned anew as a whole. */
const fewClaims = 8;

/** The chains of those that share a listener: all of the opener's, of the others those that no earlier one covers. */
export function shareChains(
  context: ListenerContext,
  opener: PlacedClaim,
  joined: readonly PlacedClaim[],
): readonly ChainPlan[] {
  if (joined.length === 1) return chainsOf(context, opener);
  const memory = joined.length < fewClaims ? context.forgetting : context.view.memory;
  const { place } = opener;
  const wanted = memory.collect<PlacedClaim, ChainPlan>(`chains wanted ${place}`, joined, (all, claim) => {
    for (const chain of chainsOf(context, claim)) all.push(chain);
  });
  const firsts = memory.firsts(`chains ${place}`, wanted, keyOf);
  if (firsts.length === wanted.length) return firsts;
  const kept = keepAll(wanted.slice(0, chainsOf(context, opener).length), firsts);
  if (kept.length === wanted.length) return kept;
  const owners = memory.index(`chains ${place}`, firsts, keyOf);
  const ownerOf = (chain: ChainPlan): ChainPlan => owners.get(chain.key) ?? chain;
  memory.mapEach(
    `lost chains ${place}`,
    listLost(wanted, kept),
    (chain) => reportLostChain(context.view, { opener, lost: chain, owner: ownerOf(chain) }),
    { of: (chain) => [opener, ownerOf(chain)], version: memory.once(`winners ${place}`, [opener, firsts], () => ({})) },
  );
  return kept;
}

const keyOf = ({ key }: ChainPlan): string => key;

function chainsOf(context: ListenerContext, claim: PlacedClaim): readonly ChainPlan[] {
  const { port, networkChains } = claim;
  if (isTcp(port.protocol)) return networkChains;
  const httpChain = planHttpChain(context, claim);
  return port.protocol === 'HTTP_PROXY' ? [httpChain] : [...networkChains, httpChain];
}

/** Of the opener's own chains none is left out. */
function keepAll(opening: readonly ChainPlan[], firsts: readonly ChainPlan[]): readonly ChainPlan[] {
  if (opening.every((chain, index) => chain === firsts[index])) return firsts;
  const known = new Set(opening);
  return [...opening, ...firsts.filter((chain) => !known.has(chain))];
}

/** Both lists have one order. */
function listLost(wanted: readonly ChainPlan[], kept: readonly ChainPlan[]): readonly ChainPlan[] {
  let place = 0;
  return wanted.filter((chain) => {
    const stays = chain === kept[place];
    if (stays) place++;
    return !stays;
  });
}
