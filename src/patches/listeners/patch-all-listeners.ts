import type { ProxyType } from '../../model/proxy.ts';
import type { Listener } from '../../xds/types.ts';
import type { Context } from '../patch.ts';
import type { PatchSet } from '../patch-set.ts';
import { patchInboundRoutes } from '../routes/patch-inbound-routes.ts';
import { Drafting, finishListener, type ListenerDraft } from './listener-draft.ts';
import { patchListeners } from './patch-listeners.ts';

/** A proxy's listeners in the groups in which istiod patches them. Source: istio `listener_builder.go`, patchListeners. */
export function patchAllListeners(
  set: PatchSet,
  listeners: readonly Listener[],
  proxyType: ProxyType,
): readonly Listener[] {
  const tunnels = proxyType === 'waypoint' ? [] : listeners.filter(isTunnel);
  const drafting = new Drafting();
  const drafts = listeners
    .filter((listener) => !tunnels.includes(listener))
    .map((listener) => drafting.listener(patchInboundRoutes(set, listener, proxyType)));
  const patched = new Set(groupsOf(drafts, proxyType).flatMap((group) => patchListeners({ set, ...group })));
  const kept = drafts.filter((draft) => patched.has(draft));
  for (const draft of kept) patched.delete(draft);
  return [...[...kept, ...patched].map(finishListener), ...tunnels];
}

interface Group {
  readonly context: Context;
  readonly listeners: readonly ListenerDraft[];
  readonly takesAdditions: boolean;
}

function groupsOf(drafts: readonly ListenerDraft[], proxyType: ProxyType): readonly Group[] {
  if (proxyType === 'router') return [{ context: 'GATEWAY', listeners: drafts, takesAdditions: true }];
  const inbound = drafts.filter((draft) => proxyType === 'waypoint' || draft.trafficDirection === 'INBOUND');
  const intercepting = drafts.filter(({ name }) => name === 'virtualOutbound');
  const outbound = drafts.filter((draft) => !inbound.includes(draft) && !intercepting.includes(draft));
  return [
    { context: 'SIDECAR_OUTBOUND', listeners: intercepting, takesAdditions: false },
    { context: 'SIDECAR_INBOUND', listeners: inbound, takesAdditions: true },
    { context: 'SIDECAR_OUTBOUND', listeners: outbound, takesAdditions: true },
  ];
}

/** Where connections to other proxies begin in ambient mode: added when all else is patched. */
function isTunnel({ name }: Listener): boolean {
  return name === 'connect_originate';
}
