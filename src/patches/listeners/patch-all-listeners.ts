import type { ProxyType } from '../../model/proxy.ts';
import type { Listener } from '../../xds/types.ts';
import type { PatchSet } from '../patch-set.ts';
import { patchInboundRoutes } from '../routes/patch-inbound-routes.ts';
import { patchListeners } from './patch-listeners.ts';

/** A proxy's listeners in the groups in which istiod patches them. Source: istio `listener_builder.go`, patchListeners. */
export function patchAllListeners(
  set: PatchSet,
  listeners: readonly Listener[],
  proxyType: ProxyType,
): readonly Listener[] {
  if (proxyType === 'waypoint') {
    return patchListeners({
      set,
      context: 'SIDECAR_INBOUND',
      listeners: listeners.map((listener) => patchInboundRoutes(set, listener, proxyType)),
      takesAdditions: true,
    });
  }
  const tunnels = listeners.filter(isTunnel);
  const others = listeners.filter((listener) => !isTunnel(listener));
  if (proxyType === 'router') {
    return [...patchListeners({ set, context: 'GATEWAY', listeners: others, takesAdditions: true }), ...tunnels];
  }
  return [...patchSidecarListeners(set, others), ...tunnels];
}

function patchSidecarListeners(set: PatchSet, listeners: readonly Listener[]): readonly Listener[] {
  const intercepting = listeners.filter(({ name }) => name === 'virtualOutbound');
  const inbound = listeners.filter(isInbound);
  const outbound = listeners.filter((listener) => !isInbound(listener) && !intercepting.includes(listener));
  return [
    ...patchListeners({ set, context: 'SIDECAR_OUTBOUND', listeners: intercepting, takesAdditions: false }),
    ...patchListeners({
      set,
      context: 'SIDECAR_INBOUND',
      listeners: inbound.map((listener) => patchInboundRoutes(set, listener, 'sidecar')),
      takesAdditions: true,
    }),
    ...patchListeners({ set, context: 'SIDECAR_OUTBOUND', listeners: outbound, takesAdditions: true }),
  ];
}

/** Where connections to other proxies begin in ambient mode: added when all else is patched. */
function isTunnel({ name }: Listener): boolean {
  return name === 'connect_originate';
}

function isInbound({ trafficDirection }: Listener): boolean {
  return trafficDirection === 'INBOUND';
}
