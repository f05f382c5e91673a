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
import { listClaims } from './plan/list-claims.ts';
import type { ListenerClaims } from './plan/outbound-plan.ts';
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

/** A listener depends on what claims it; claims follow the rules for where their chains lead. */
function buildOutboundListeners(context: ListenerContext, unmatched: readonly ConfigFilter[]): readonly Listener[] {
  const { memory } = context.view;
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
        return [unmatched, ...telemetryOf(shared, speaksHttp)];
      },
      version: memory.once('what listeners share', [telemetry, unmatched], () => ({})),
    },
  );
}
