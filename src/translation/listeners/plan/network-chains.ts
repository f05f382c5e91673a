import { isTls } from '../../../model/protocol.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { ChainPlan, Claim } from './outbound-plan.ts';
import { planTcpChains } from './tcp-chains.ts';
import { planTlsChains } from './tls-chains.ts';

/** The chains of a port that is not HTTP: by SNI for TLS, by destination otherwise. */
export function planNetworkChains(
  context: ListenerContext,
  claim: Claim,
  ranges: readonly string[],
  virtualServices: readonly SelectedVirtualService[],
): readonly ChainPlan[] {
  const plan = isTls(claim.port.protocol) ? planTlsChains : planTcpChains;
  return plan(context, claim, ranges, virtualServices);
}
