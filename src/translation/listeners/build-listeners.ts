import { flatten } from '../../model/flatten.ts';
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
import { destinationsOf, leadsTo } from './plan/chain-destinations.ts';
import { listClaims } from './plan/list-claims.ts';
import type { ChainPlan, ListenerClaims, PlacedClaim } from './plan/outbound-plan.ts';
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
  return [
    ...outbound,
    ...(httpProxy ? [httpProxy] : []),
    ...(intercepts ? [buildVirtualOutbound(context, unmatched)] : []),
    ...buildInboundListeners(context),
    ...(view.mesh.features.ambient ? [buildConnectOriginate(context)] : []),
  ];
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
      of: ({ claims }) => [
        unmatched,
        ...telemetryOf(
          shared,
          claims.some(({ port }) => !isTcp(port.protocol)),
        ),
        ...networkChainsOf(claims)
          .flatMap(destinationsOf)
          .map((name) => knownByName.get(name)),
      ],
      version: telemetry,
      lookups: {
        in: [knownByName],
        asksFor: ({ claims }, names) =>
          claims.some(({ networkChains }) => networkChains.some((chain) => leadsTo(chain, names))),
      },
    },
  );
}

/** Those of HTTP lead to routes, which follow the services themselves. */
function networkChainsOf(claims: readonly PlacedClaim[]): readonly ChainPlan[] {
  return flatten(claims.map(({ networkChains }) => networkChains));
}
