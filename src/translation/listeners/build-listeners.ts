import type { ProxyView } from '../../registry/proxy-view.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Listener } from '../../xds/types.ts';
import { buildInboundListeners } from './inbound/build-inbound-listeners.ts';
import { buildListenerContext } from './listener-context.ts';
import { buildConnectOriginate } from './outbound/connect-originate.ts';
import { buildHttpProxyListener } from './outbound/http-proxy-listener.ts';
import { renderOutboundListener } from './outbound/render-outbound-listener.ts';
import { unmatchedFilters } from './outbound/unmatched-traffic.ts';
import { buildVirtualOutbound } from './outbound/virtual-outbound.ts';
import { planOutbound } from './plan/plan-outbound.ts';

/**
 * Every listener of a sidecar: those of the services it may call, the HTTP proxy port if there is one, and those that
 * intercept or tunnel traffic. Source: istio `pilot/pkg/networking/core/listener_builder.go`.
 */
export function buildListeners(view: ProxyView): readonly Listener[] {
  const context = buildListenerContext(view);
  const unmatched = frozen(unmatchedFilters(context));
  const outbound = planOutbound(context).map((plan) => renderOutboundListener(context, plan, unmatched));
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
