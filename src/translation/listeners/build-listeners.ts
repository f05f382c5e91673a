import { isTcp } from '../../model/protocol.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { frozen } from '../../xds/frozen.ts';
import type { ConfigFilter, Listener } from '../../xds/types.ts';
import { buildInboundListeners } from './inbound/build-inbound-listeners.ts';
import { buildListenerContext, type ListenerContext } from './listener-context.ts';
import { buildConnectOriginate } from './outbound/connect-originate.ts';
import { buildHttpProxyListener } from './outbound/http-proxy-listener.ts';
import { renderOutboundListener, type SharedParts, telemetryOf } from './outbound/render-outbound-listener.ts';
import { unmatchedFilters } from './outbound/unmatched-traffic.ts';
import { buildVirtualOutbound } from './outbound/virtual-outbound.ts';
import { destinationsOf } from './plan/chain-destinations.ts';
import { listClaims } from './plan/list-claims.ts';
import type { ListenerClaims, PlacedClaim } from './plan/outbound-plan.ts';
import { planListener } from './plan/plan-listener.ts';

/**
 * Every listener of a sidecar: those of the services it may call, the HTTP proxy port if there is one, and those that
 * intercept or tunnel traffic. Source: istio `pilot/pkg/networking/core/listener_builder.go`.
 */
export function buildListeners(view: ProxyView): readonly Listener[] {
  const context = buildListenerContext(view);
  const unmatched = view.memory.settle('unmatched', frozen(unmatchedFilters(context)));
  const outbound = buildOutboundListeners(context, unmatched);
  const httpProxy = buildHttpProxyListener(context);
  const intercepts = view.proxy.interceptionMode !== 'NONE';
  const others = [
    ...(httpProxy ? [httpProxy] : []),
    ...(intercepts ? [buildVirtualOutbound(context, unmatched)] : []),
    ...buildInboundListeners(context),
    ...(view.mesh.features.ambient ? [buildConnectOriginate(context)] : []),
  ];
  return view.memory.join('all listeners', [outbound, view.memory.settle('other listeners', others)]);
}

/** A listener depends on what claims it, and on the rules for where its chains lead. */
function buildOutboundListeners(context: ListenerContext, unmatched: readonly ConfigFilter[]): readonly Listener[] {
  const { memory, knownByName } = context.view;
  const telemetry = memory.settle('telemetry', context.telemetry);
  const shared: SharedParts = { unmatched, telemetry };
  return memory.collect<ListenerClaims, Listener>(
    'outbound listeners',
    listClaims(context),
    (all, claims) => {
      const plan = planListener(context, claims);
      if (plan) all.push(renderOutboundListener(context, plan, shared));
    },
    {
      of: ({ claims }) => {
        const speaksHttp = claims.some(({ port }) => !isTcp(port.protocol));
        const ingredients: unknown[] = [unmatched, ...telemetryOf(shared, speaksHttp)];
        // Chains of HTTP lead to routes, which follow the services themselves.
        for (const name of destinationsOfAll(claims)) ingredients.push(knownByName.get(name));
        return ingredients;
      },
      version: telemetry,
      lookups: {
        in: [knownByName],
        namesOf: ({ claims }) => destinationsOfAll(claims),
      },
    },
  );
}

function destinationsOfAll(claims: readonly PlacedClaim[]): readonly string[] {
  const names: string[] = [];
  for (const { networkChains } of claims) {
    for (const chain of networkChains) for (const name of destinationsOf(chain)) names.push(name);
  }
  return names;
}
