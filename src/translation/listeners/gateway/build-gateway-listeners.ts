import type { GatewayPort, MergedGateway } from '../../../registry/gateways/merged-gateway.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import type { Listener } from '../../../xds/types.ts';
import { listenerName } from '../listener-address.ts';
import { buildListenerContext } from '../listener-context.ts';
import { buildConnectOriginate } from '../outbound/connect-originate.ts';
import { isUnprivileged } from '../plan/reserved-ports.ts';
import type { GatewayChain, GatewayContext } from './gateway-context.ts';
import { renderGatewayListener } from './render-gateway-listener.ts';
import { buildServerChains } from './server-chains.ts';

/**
 * The listeners of a gateway: one for each address and port of its servers, unless nothing is bound to them.
 * Source: istio `pilot/pkg/networking/core/gateway.go`, buildGatewayListeners.
 */
export function buildGatewayListeners(view: ProxyView, gateway: MergedGateway | undefined): readonly Listener[] {
  const context = buildListenerContext(view);
  return [
    ...(gateway ? buildServerListeners({ gateway, ...context }) : []),
    ...(view.mesh.features.ambient ? [buildConnectOriginate(context, 'gateway')] : []),
  ];
}

interface PlannedListener {
  readonly bind: string;
  readonly port: number;
  readonly chains: GatewayChain[];
}

function buildServerListeners(context: GatewayContext): readonly Listener[] {
  const planned = new Map<string, PlannedListener>();
  const claimedNames = new Map<string, string>();
  for (const port of context.gateway.ports) {
    if (!mayBind(context, port)) continue;
    const bind = port.bind || context.wildcard;
    const name = listenerName(bind, port.number);
    const chains = buildServerChains(context, { port, listenerName: name, claimedNames });
    const listener = planned.get(name);
    if (listener) listener.chains.push(...chains);
    else planned.set(name, { bind, port: port.number, chains: [...chains] });
  }
  return [...planned.values()]
    .filter(({ chains }) => chains.length > 0)
    .map((listener) => renderGatewayListener(context, listener));
}

function mayBind({ view }: GatewayContext, { number }: GatewayPort): boolean {
  return number >= 1024 || !isUnprivileged(view.proxy.metadata);
}
