import { hostnamesMatch, isWildcard } from '../../../model/hostname.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';

/** Finds the VirtualServices with tls or tcp routes for a host, in their order, without looking at all of them. */
export interface VirtualServiceIndex {
  forHost(hostname: string): readonly SelectedVirtualService[];
}

export function indexVirtualServices(virtualServices: readonly SelectedVirtualService[]): VirtualServiceIndex {
  const routing = virtualServices.filter(({ spec }) => (spec.tls?.length ?? 0) + (spec.tcp?.length ?? 0) > 0);
  const positionsByHost = new Map<string, number[]>();
  const wildcardLengths = new Set<number>();
  routing.forEach(({ spec }, position) => {
    for (const host of new Set(spec.hosts ?? [])) {
      const positions = positionsByHost.get(host);
      if (positions) positions.push(position);
      else positionsByHost.set(host, [position]);
      if (isWildcard(host)) wildcardLengths.add(host.length - 1);
    }
  });

  const forExactHost = (hostname: string): readonly SelectedVirtualService[] => {
    const positions = new Set(positionsByHost.get(hostname));
    for (const length of wildcardLengths) {
      if (length > hostname.length) continue;
      const wildcard = `*${hostname.slice(hostname.length - length)}`;
      for (const position of positionsByHost.get(wildcard) ?? []) positions.add(position);
    }
    return [...positions].sort((a, b) => a - b).flatMap((position) => routing[position] ?? []);
  };

  return {
    forHost(hostname) {
      if (routing.length === 0) return [];
      if (!isWildcard(hostname)) return forExactHost(hostname);
      return routing.filter(({ spec }) => spec.hosts?.some((host) => hostnamesMatch(host, hostname)));
    },
  };
}
