import { isHttp } from '../../../model/protocol.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import type { Draft } from '../../../xds/draft.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';
import { listenAddresses } from './listen-addresses.ts';
import { planNetworkChains } from './network-chains.ts';
import type { PlacedClaim } from './outbound-plan.ts';

const noRanges: readonly string[] = [];

/**
 * Fills in a claim's place, and the chains that it would bring there. HTTP listens on all addresses, everything else on
 * those of the service, or for a range of them, everywhere. False for claims that have no place at all. The
 * VirtualServices are those with tls or tcp routes for the service.
 */
export function placeClaim(
  context: ListenerContext,
  claim: Draft<PlacedClaim>,
  virtualServices: readonly SelectedVirtualService[],
): boolean {
  const { service, port } = claim;
  if (service.resolution === 'alias' || port.protocol === 'UDP') return false;
  const { wildcards } = context;
  if (isHttp(port.protocol)) {
    if (claim.binds.length === 0) claim.binds = wildcards;
    claim.place = placeOf(context, claim.binds, port.number);
    return true;
  }
  const addresses = claim.binds.length > 0 ? claim.binds : listenAddresses(context, service);
  const isRange = claim.binds.length === 0 && (addresses[0]?.includes('/') ?? false);
  claim.binds = isRange ? wildcards : addresses;
  claim.place = placeOf(context, claim.binds, port.number);
  claim.networkChains = planNetworkChains(context, claim, isRange ? addresses : noRanges, virtualServices);
  return true;
}

/** Most claims are for all addresses of a port: their places are named for the port alone. */
function placeOf({ wildcard }: ListenerContext, binds: Binds, port: number): string {
  const [bind = ''] = binds;
  return bind === wildcard ? String(port) : `${bind} ${port}`;
}
