import type { Service } from '../../../model/service.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import { addressForProxy } from '../../../registry/service-address.ts';
import { usesDynamicForwardProxy } from '../../http/filters/dynamic-forward-proxy.ts';
import { hostForms } from '../../routes/domains.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { ChainPlan, Claim } from './outbound-plan.ts';
import { planChain, toService } from './plan-chain.ts';
import { matchesStatically } from './static-match.ts';

/**
 * The tls routes of VirtualServices by SNI; where none holds, the service itself.
 * Source: istio `pilot/pkg/networking/core/tls.go`, buildSidecarOutboundTLSFilterChainOpts.
 */
export function planTlsChains(
  context: ListenerContext,
  claim: Claim,
  ranges: readonly string[],
  virtualServices: readonly SelectedVirtualService[],
): readonly ChainPlan[] {
  const routed = virtualServices.length > 0 ? planRoutedChains(context, claim, ranges, virtualServices) : [];
  if (routed.length > 0) return routed;
  const serverNames = needsServerName(context, claim, ranges) ? serverNamesOf(context, claim.service) : none;
  return [planChain(claim, { match: { serverNames, destinationRanges: ranges }, target: toService })];
}

function planRoutedChains(
  context: ListenerContext,
  claim: Claim,
  serviceRanges: readonly string[],
  virtualServices: readonly SelectedVirtualService[],
): readonly ChainPlan[] {
  const { number } = claim.port;
  const chains: ChainPlan[] = [];
  const handled = new Set<string>();
  // The subnets of one match stay in force for all that follow, as in istiod.
  let destinationRanges = serviceRanges;
  for (const { metadata, spec } of virtualServices) {
    for (const route of spec.tls ?? []) {
      for (const match of route.match ?? []) {
        if (!matchesStatically(match, context.view, number)) continue;
        const { sniHosts: serverNames = [], destinationSubnets = [] } = match;
        if (destinationSubnets.length > 0 && number > 0) destinationRanges = destinationSubnets;
        // Matches may differ only in what was decided here: then the first one is the only one that can be reached.
        const key = `${serverNames.join(',')}|${destinationSubnets.join(',')}`;
        if (handled.has(key)) continue;
        handled.add(key);
        const target = { kind: 'routes', routes: route.route ?? [], virtualService: metadata } as const;
        chains.push(planChain(claim, { match: { serverNames, destinationRanges }, target, configuration: metadata }));
      }
    }
  }
  return chains;
}

const none: readonly string[] = [];

/**
 * On an address of its own the destination is clear. The SNI tells services apart that share one: those without an
 * address, or with a range of them. For a wildcard that is resolved by name, the SNI must be one of its names.
 */
function needsServerName(context: ListenerContext, claim: Claim, ranges: readonly string[]): boolean {
  const { service, binds } = claim;
  if (ranges.length > 0) return true;
  if (usesDynamicForwardProxy(context.view.mesh, service)) return true;
  const address = addressForProxy(context.view, service);
  if (address === '' || address.includes('/')) return true;
  const unspecifiedIpv6 =
    service.registry === 'External' && context.view.proxy.ipMode === 'IPv6' && address === '0.0.0.0';
  const listenAddress = unspecifiedIpv6 ? '::' : address;
  return listenAddress === context.wildcard && binds[0] === context.wildcard;
}

/** Clients may ask for an alias in full or by the short names that their search domains complete. */
function serverNamesOf({ view: { proxy } }: ListenerContext, { hostname, aliases }: Service): readonly string[] {
  if (aliases.length === 0) return [hostname];
  return [hostname, ...aliases.flatMap((alias) => hostForms(alias.hostname, proxy))];
}
