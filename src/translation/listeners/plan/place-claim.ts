import { isHttp } from '../../../model/protocol.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import type { Draft } from '../../../xds/draft.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';
import { listenAddresses } from './listen-addresses.ts';
import { planNetworkChains } from './network-chains.ts';
import type { ChainPlan, Claim, PlacedClaim } from './outbound-plan.ts';

const noChains: readonly ChainPlan[] = [];
const noRanges: readonly string[] = [];

/**
 * Finds a claim's place, and the chains that it would bring there. HTTP listens on all addresses, everything else on those
 * of the service, or for a range of them, everywhere. Some claims have no place at all. The VirtualServices are those
 * with tls or tcp routes for the service.
 */
export function placeClaim(
  context: ListenerContext,
  claim: Claim,
  virtualServices: readonly SelectedVirtualService[],
): PlacedClaim | undefined {
  const { service, port, bindToPort, egress } = claim;
  if (service.resolution === 'alias' || port.protocol === 'UDP') return undefined;
  const { wildcards } = context;
  if (isHttp(port.protocol)) {
    const binds = claim.binds.length > 0 ? claim.binds : wildcards;
    const place = placeOf(context, binds, port.number);
    return { service, port, binds, bindToPort, egress, place, networkChains: noChains };
  }
  const addresses = claim.binds.length > 0 ? claim.binds : listenAddresses(context, service);
  const isRange = claim.binds.length === 0 && (addresses[0]?.includes('/') ?? false);
  const binds = isRange ? wildcards : addresses;
  const ranges = isRange ? addresses : noRanges;
  const place = placeOf(context, binds, port.number);
  const placed: Draft<PlacedClaim> = { service, port, binds, bindToPort, egress, place, networkChains: noChains };
  placed.networkChains = planNetworkChains(context, placed, ranges, virtualServices);
  return placed;
}

/** Most claims are for all addresses of a port: their places are named for the port alone. */
function placeOf({ wildcard }: ListenerContext, binds: Binds, port: number): string {
  const [bind = ''] = binds;
  return bind === wildcard ? String(port) : `${bind} ${port}`;
}
