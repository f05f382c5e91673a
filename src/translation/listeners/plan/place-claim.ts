import { isHttp } from '../../../model/protocol.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { ListenerContext } from '../listener-context.ts';
import { chainKey } from './chain-conflict.ts';
import { placeOnServiceAddress } from './listen-addresses.ts';
import { planNetworkChains } from './network-chains.ts';
import type { ChainPlan, Claim, KeyedChain, PlacedClaim } from './outbound-plan.ts';
import { routeNameOf } from './route-name.ts';

/** A claim that has found its place. */
export interface Candidate extends Omit<PlacedClaim, 'networkChains' | 'httpChain'> {
  readonly ranges: readonly string[];
}

/** Plain HTTP that the HTTP inspector recognises; what Istio sends as HTTP/1.0 passes as TCP. */
const sniffedHttp = frozen({ applicationProtocols: ['http/1.1', 'h2c'], transportProtocol: 'raw_buffer' });

/** HTTP listens on all addresses, everything else on those of the service. Some claims have no place at all. */
export function placeClaim(context: ListenerContext, wanted: Claim, egress: number): Candidate | undefined {
  const { service, port } = wanted;
  if (service.resolution === 'alias' || port.protocol === 'UDP') return undefined;
  const { claim, ranges } = isHttp(port.protocol)
    ? { claim: onWildcards(context, wanted), ranges: [] }
    : placeOnServiceAddress(context, wanted);
  return { ...claim, ranges, egress, place: `${claim.binds[0] ?? ''} ${port.number}` };
}

function onWildcards(context: ListenerContext, claim: Claim): Claim {
  return claim.binds.length > 0 ? claim : { ...claim, binds: context.wildcards };
}

/** Adds the chains that the claim would bring to its listener. */
export function planChains(
  context: ListenerContext,
  candidate: Candidate,
  virtualServices: readonly SelectedVirtualService[],
): PlacedClaim {
  const { ranges, ...claim } = candidate;
  const { protocol } = claim.port;
  const http = isHttp(protocol);
  const networkChains = http ? [] : planNetworkChains(context, claim, ranges, virtualServices);
  const sniffed = protocol !== 'HTTP_PROXY' && (!http || claim.binds[0] === context.wildcard);
  return {
    ...claim,
    networkChains: networkChains.map(withKey),
    httpChain: withKey(httpChain(context, claim, sniffed)),
  };
}

function withKey(chain: ChainPlan): KeyedChain {
  return { ...chain, key: chainKey(chain.match) };
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
