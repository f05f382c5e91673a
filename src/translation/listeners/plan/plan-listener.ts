import { isHttp, isTcp, type Protocol } from '../../../model/protocol.ts';
import type { ListenerContext } from '../listener-context.ts';
import { reportLostChain, reportLostPort, reportReplaced } from './conflict-diagnostics.ts';
import type { ChainPlan, ListenerClaims, ListenerPlan, PlacedClaim } from './outbound-plan.ts';
import { planHttpChain } from './plan-chain.ts';

/**
 * Decides who shares a listener. Services share it where filter chains can tell them apart; otherwise the one that came
 * first keeps it. Source: istio `listener.go`, buildSidecarOutboundListener.
 */
export function planListener(context: ListenerContext, { claims }: ListenerClaims): ListenerPlan | undefined {
  let planned: { readonly plan: ListenerPlan; readonly since: number } | undefined;
  for (const claim of claims) {
    if (planned && isLocked(context, planned.since, claim.egress)) continue;
    const current = planned?.plan;
    const plan = current ? join(context, current, claim) : open(context, claim);
    if (plan !== current) planned = { plan, since: claim.egress };
  }
  return planned?.plan;
}

/** The egress listeners with a port come first; a catch-all one adds nothing to the ports that they took. */
function isLocked({ view }: ListenerContext, since: number, egress: number): boolean {
  if (since === egress) return false;
  const later = view.egressListeners.slice(since + 1, egress + 1);
  return later.some(({ configuration }) => !configuration?.port);
}

function open(context: ListenerContext, claim: PlacedClaim): ListenerPlan {
  const { protocol } = claim.port;
  // What is neither HTTP nor a service's passes through: the listener is no longer one of HTTP alone.
  const sniffed = isHttp(protocol) && protocol !== 'HTTP_PROXY' && claim.binds[0] === context.wildcard;
  return newPlan(context, claim, sniffed ? 'Unsupported' : protocol);
}

/** The listener with one more that claims it, or the one that takes its place. */
function join(context: ListenerContext, current: ListenerPlan, claim: PlacedClaim): ListenerPlan {
  const { protocol } = claim.port;
  if (protocol === 'HTTP_PROXY') return newPlan(context, claim, protocol);
  if (isHttp(protocol)) return isTcp(current.protocol) ? share(context, current, claim) : current;
  if (isTcp(protocol)) return share(context, current, claim);
  if (isHttp(current.protocol)) {
    if (!mayShare(context, current, claim)) return current;
    reportReplaced(context.view, current, claim);
    return newPlan(context, claim, 'Unsupported');
  }
  return isTcp(current.protocol) ? share(context, current, claim) : current;
}

function chainsOf(context: ListenerContext, claim: PlacedClaim): readonly ChainPlan[] {
  const { port, networkChains } = claim;
  if (isTcp(port.protocol)) return networkChains;
  const httpChain = planHttpChain(context, claim);
  return port.protocol === 'HTTP_PROXY' ? [httpChain] : [...networkChains, httpChain];
}

function newPlan(context: ListenerContext, claim: PlacedClaim, protocol: Protocol): ListenerPlan {
  const { port, binds, bindToPort } = claim;
  return { port, binds, bindToPort, protocol, chains: chainsOf(context, claim).slice(), owners: undefined };
}

/** The first chain with a key has it. */
function ownersIn(chains: readonly ChainPlan[]): Map<string, ChainPlan> {
  const owners = new Map<string, ChainPlan>();
  for (const chain of chains) if (!owners.has(chain.key)) owners.set(chain.key, chain);
  return owners;
}

/** Database protocols in which the server speaks first suffer no inspector: they share a port with their own kind only. */
function mayShare(context: ListenerContext, current: ListenerPlan, claim: PlacedClaim): boolean {
  const protocols: readonly Protocol[] = [claim.port.protocol, current.protocol];
  const serverFirst = protocols.includes('Mongo') || protocols.includes('MySQL');
  if (!serverFirst || claim.port.protocol === current.protocol) return true;
  reportLostPort(context.view, current, claim);
  return false;
}

/** Adds the chains that no chain of the listener covers already. */
function share(context: ListenerContext, current: ListenerPlan, claim: PlacedClaim): ListenerPlan {
  if (!mayShare(context, current, claim)) return current;
  const owners = current.owners ?? ownersIn(current.chains);
  current.owners = owners;
  for (const chain of chainsOf(context, claim)) {
    const owner = owners.get(chain.key);
    if (owner) {
      reportLostChain(context.view, current, chain, owner);
    } else {
      owners.set(chain.key, chain);
      current.chains.push(chain);
    }
  }
  const mixed = isHttp(claim.port.protocol) !== isHttp(current.protocol) || !isTcp(claim.port.protocol);
  if (mixed) current.protocol = 'Unsupported';
  return current;
}
