import { HostOverlaps } from '../../../model/host-overlaps.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';

/** Finds the VirtualServices with tls or tcp routes for a host, in their order, without looking at all of them. */
export interface VirtualServiceIndex {
  forHost(hostname: string): readonly SelectedVirtualService[];
}

const none: readonly SelectedVirtualService[] = [];

export function indexVirtualServices(virtualServices: readonly SelectedVirtualService[]): VirtualServiceIndex {
  const routing = virtualServices.filter(({ spec }) => (spec.tls?.length ?? 0) + (spec.tcp?.length ?? 0) > 0);
  if (routing.length === 0) return { forHost: () => none };
  const positions = new Map(routing.map((virtualService, position) => [virtualService, position]));
  const byHost = new Map<string, readonly SelectedVirtualService[]>();
  for (const virtualService of routing) {
    for (const host of virtualService.spec.hosts ?? []) {
      const sharing = byHost.get(host);
      if (!sharing) byHost.set(host, [virtualService]);
      else if (sharing.at(-1) !== virtualService) byHost.set(host, [...sharing, virtualService]);
    }
  }
  const hosts = new HostOverlaps([...byHost.keys()]);
  return {
    forHost(hostname) {
      const found = hosts.find(hostname);
      if (found.length < 2) return byHost.get(found[0] ?? '') ?? none;
      const all = new Set(found.flatMap((host) => byHost.get(host) ?? none));
      return [...all].sort((left, right) => (positions.get(left) ?? 0) - (positions.get(right) ?? 0));
    },
  };
}
