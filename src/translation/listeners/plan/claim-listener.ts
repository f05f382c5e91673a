import { isHttp, isTcp, type Protocol } from '../../../model/protocol.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { ListenerContext } from '../listener-context.ts';
import { chainKey } from './chain-conflict.ts';
import { reportLostChain, reportLostPort, reportReplaced } from './conflict-diagnostics.ts';
import { placeOnServiceAddress } from './listen-addresses.ts';
import { planNetworkChains } from './network-chains.ts';
import type { ChainPlan, Claim, ListenerPlan } from './outbound-plan.ts';
import { routeNameOf } from './route-name.ts';
import type { VirtualServiceIndex } from './virtual-service-index.ts';

/** The listeners planned so far, by address and port. */
export type ListenerPlans = Map<string, ListenerPlan>;

/** Plain HTTP that the HTTP inspector recognises; what Istio sends as HTTP/1.0 passes as TCP. */
const sniffedHttp = frozen({ applicationProtocols: ['http/1.1', 'h2c'], transportProtocol: 'raw_buffer' });

/**
 * Adds one service port to the listeners. Services share a listener where filter chains can tell them apart; otherwise
 * the one that came first keeps it. Source: istio `listener.go`, buildSidecarOutboundListener.
 */
export function claimListener(
  context: ListenerContext,
  plans: ListenerPlans,
  wanted: Claim,
  virtualServices: VirtualServiceIndex,
): void {
  const { service, port } = wanted;
  if (service.resolution === 'alias' || port.protocol === 'UDP') return;
  const http = isHttp(port.protocol);
  const { claim, ranges } = http
    ? { claim: onWildcards(context, wanted), ranges: [] }
    : placeOnServiceAddress(context, wanted);
  const key = `${claim.binds[0] ?? ''} ${port.number}`;
  const current = plans.get(key);
  if (current?.locked) return;
  const networkChains = (): readonly ChainPlan[] =>
    planNetworkChains(context, claim, ranges, virtualServices.forHost(service.hostname));

  if (port.protocol === 'HTTP_PROXY') {
    plans.set(key, newPlan(claim, 'HTTP_PROXY', [httpChain(context, claim, false)]));
  } else if (!current) {
    const sniffed = http && claim.binds[0] === context.wildcard;
    const chains = http ? [httpChain(context, claim, sniffed)] : networkChains();
    const sniffing = isTcp(port.protocol) || http ? [] : [httpChain(context, claim, true)];
    // What is neither HTTP nor a service's passes through: the listener is no longer one of HTTP alone.
    plans.set(key, newPlan(claim, sniffed ? 'Unsupported' : port.protocol, [...chains, ...sniffing]));
  } else if (http) {
    if (!isTcp(current.protocol)) return;
    share(context, current, claim, [httpChain(context, claim, claim.binds[0] === context.wildcard)]);
  } else if (isTcp(port.protocol)) {
    share(context, current, claim, networkChains());
  } else if (isHttp(current.protocol)) {
    if (!mayShare(context, current, claim)) return;
    reportReplaced(context.view, current, claim);
    plans.set(key, newPlan(claim, 'Unsupported', [...networkChains(), httpChain(context, claim, true)]));
  } else if (isTcp(current.protocol)) {
    share(context, current, claim, [...networkChains(), httpChain(context, claim, true)]);
  }
}

function onWildcards(context: ListenerContext, claim: Claim): Claim {
  return claim.binds.length > 0 ? claim : { ...claim, binds: context.wildcards };
}

function newPlan(claim: Claim, protocol: Protocol, chains: readonly ChainPlan[]): ListenerPlan {
  const { port, binds, bindToPort } = claim;
  const owners = new Map<string, ChainPlan>();
  for (const chain of chains) {
    const key = chainKey(chain.match);
    if (!owners.has(key)) owners.set(key, chain);
  }
  return { port, binds, bindToPort, protocol, locked: false, chains: [...chains], owners };
}

function httpChain(context: ListenerContext, claim: Claim, sniffed: boolean): ChainPlan {
  const { service, port } = claim;
  return {
    service,
    port,
    match: sniffed ? sniffedHttp : {},
    target: { kind: 'http', routeName: routeNameOf(context, claim), protocol: port.protocol },
  };
}

/** Database protocols in which the server speaks first suffer no inspector: they share a port with their own kind only. */
function mayShare(context: ListenerContext, current: ListenerPlan, claim: Claim): boolean {
  const protocols: readonly Protocol[] = [claim.port.protocol, current.protocol];
  const serverFirst = protocols.includes('Mongo') || protocols.includes('MySQL');
  if (!serverFirst || claim.port.protocol === current.protocol) return true;
  reportLostPort(context.view, current, claim);
  return false;
}

/** Adds the chains that no chain of the listener covers already. */
function share(context: ListenerContext, current: ListenerPlan, claim: Claim, incoming: readonly ChainPlan[]): void {
  if (!mayShare(context, current, claim)) return;
  for (const chain of incoming) {
    const key = chainKey(chain.match);
    const owner = current.owners.get(key);
    if (owner) {
      reportLostChain(context.view, current, chain, owner);
    } else {
      current.owners.set(key, chain);
      current.chains.push(chain);
    }
  }
  const mixed = isHttp(claim.port.protocol) !== isHttp(current.protocol) || !isTcp(claim.port.protocol);
  if (mixed) current.protocol = 'Unsupported';
}
