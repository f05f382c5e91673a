import { HostOverlaps } from '../../../model/host-overlaps.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';

/** Finds the VirtualServices with tls or tcp routes for a host, in their order, without looking at all of them. */
export interface VirtualServiceIndex {
  forHost(hostname: string): readonly SelectedVirtualService[];
}

export function indexVirtualServices(virtualServices: readonly SelectedVirtualService[]): VirtualServiceIndex {
  const routing = virtualServices.filter(({ spec }) => (spec.tls?.length ?? 0) + (spec.tcp?.length ?? 0) > 0);
  if (routing.length === 0) return { forHost: () => [] };
  const positionsByHost = new Map<string, number[]>();
  routing.forEach(({ spec }, position) => {
    for (const host of new Set(spec.hosts ?? [])) {
      const positions = positionsByHost.get(host);
      if (positions) positions.push(position);
      else positionsByHost.set(host, [position]);
    }
  });
  const hosts = new HostOverlaps([...positionsByHost.keys()]);
  return {
    forHost(hostname) {
      const found = hosts.find(hostname);
      if (found.length === 0) return [];
      const positions = new Set(found.flatMap((host) => positionsByHost.get(host) ?? []));
      return [...positions].sort((left, right) => left - right).flatMap((position) => routing[position] ?? []);
    },
  };
}
