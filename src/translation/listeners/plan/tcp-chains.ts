import type { TCPRoute } from '../../../model/istio/virtual-service.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { ChainPlan, Claim } from './outbound-plan.ts';
import { anything, planChain, toService } from './plan-chain.ts';
import { matchesStatically } from './static-match.ts';

/**
 * The tcp routes of VirtualServices by destination subnet, up to the first that takes any destination; without one,
 * the service itself follows. Source: istio `pilot/pkg/networking/core/tls.go`, buildSidecarOutboundTCPFilterChainOpts.
 */
export function planTcpChains(
  context: ListenerContext,
  claim: Claim,
  ranges: readonly string[],
  virtualServices: readonly SelectedVirtualService[],
): readonly ChainPlan[] {
  const wholeService = ranges.length === 0 ? anything : { destinationRanges: ranges };
  if (virtualServices.length === 0) return [planChain(claim, { match: wholeService, target: toService })];
  const chains: ChainPlan[] = [];
  let coversService = false;
  for (const { metadata, spec } of virtualServices) {
    for (const route of spec.tcp ?? []) {
      const target = { kind: 'routes', routes: route.route ?? [], virtualService: metadata } as const;
      const subnets = destinationSubnets(context, claim, route);
      if (subnets === 'any') {
        return [...chains, planChain(claim, { match: wholeService, target, configuration: metadata })];
      }
      if (subnets.length === 0) continue;
      chains.push(planChain(claim, { match: { destinationRanges: subnets }, target }));
      // Envoy refuses a listener in which two chains match the same.
      coversService ||= sameElements(subnets, ranges);
    }
  }
  if (coversService) return chains;
  return [...chains, planChain(claim, { match: wholeService, target: toService })];
}

/** The subnets of all matches that hold; one without subnets, or on a unix socket, stands for any destination. */
function destinationSubnets(context: ListenerContext, { port }: Claim, route: TCPRoute): readonly string[] | 'any' {
  const matches = route.match ?? [];
  if (matches.length === 0) return 'any';
  const subnets: string[] = [];
  for (const match of matches) {
    if (!matchesStatically(match, context.view, port.number)) continue;
    const { destinationSubnets: wanted = [] } = match;
    if (wanted.length === 0 || port.number === 0) return 'any';
    subnets.push(...wanted);
  }
  return subnets;
}

function sameElements(left: readonly string[], right: readonly string[]): boolean {
  const sorted = [...right].sort();
  return left.length === right.length && [...left].sort().every((element, index) => element === sorted[index]);
}
