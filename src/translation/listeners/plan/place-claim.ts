import { isHttp, isTcp } from '../../../model/protocol.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { ListenerContext } from '../listener-context.ts';
import { chainKey } from './chain-conflict.ts';
import { listenAddresses } from './listen-addresses.ts';
import { planNetworkChains } from './network-chains.ts';
import type { Claim, KeyedChain, PlacedClaim } from './outbound-plan.ts';
import { routeNameOf } from './route-name.ts';

/** Plain HTTP that the HTTP inspector recognises; what Istio sends as HTTP/1.0 passes as TCP. */
const sniffedHttp = frozen({ applicationProtocols: ['http/1.1', 'h2c'], transportProtocol: 'raw_buffer' });
const sniffedHttpKey = chainKey(sniffedHttp);
const anything = frozen({});
const anythingKey = chainKey(anything);

export interface ClaimOrigin {
  /** Position of the egress listener. */
  readonly egress: number;
  /** Those with tls or tcp routes for the service. */
  readonly virtualServices: readonly SelectedVirtualService[];
}

/** Finds a claim's place, and the chains that it would bring there. Some claims have no place at all. */
export function placeClaim(
  context: ListenerContext,
  claim: Claim,
  { egress, virtualServices }: ClaimOrigin,
): PlacedClaim | undefined {
  const { service, port, bindToPort } = claim;
  const { protocol } = port;
  if (service.resolution === 'alias' || protocol === 'UDP') return undefined;
  const { binds, ranges } = findPlace(context, claim);
  const placed = { service, port, binds, bindToPort };
  const networkChains = isHttp(protocol) ? [] : planNetworkChains(context, placed, ranges, virtualServices);
  return {
    service,
    port,
    binds,
    bindToPort,
    egress,
    place: `${binds[0] ?? ''} ${port.number}`,
    networkChains: networkChains.map((chain) => ({ ...chain, key: chainKey(chain.match) })),
    ...(!isTcp(protocol) && { httpChain: httpChain(context, placed) }),
  };
}

interface ClaimedPlace extends Pick<Claim, 'binds'> {
  readonly ranges: readonly string[];
}

/** HTTP listens on all addresses, everything else on those of the service, or for a range of them, everywhere. */
function findPlace({ view, wildcards }: ListenerContext, { service, port, binds }: Claim): ClaimedPlace {
  if (binds.length > 0) return { binds, ranges: [] };
  if (isHttp(port.protocol)) return { binds: wildcards, ranges: [] };
  const addresses = listenAddresses(view, service);
  return addresses[0]?.includes('/') ? { binds: wildcards, ranges: addresses } : { binds: addresses, ranges: [] };
}

/** HTTP on an address of its own, and that of a forward proxy, needs no telling apart. */
function httpChain(context: ListenerContext, claim: Claim): KeyedChain {
  const { service, port, binds } = claim;
  const { protocol } = port;
  const isAlone = protocol === 'HTTP_PROXY' || (isHttp(protocol) && binds[0] !== context.wildcard);
  return {
    service,
    port,
    match: isAlone ? anything : sniffedHttp,
    key: isAlone ? anythingKey : sniffedHttpKey,
    target: { kind: 'http', routeName: routeNameOf(context, claim), protocol },
  };
}
