import { HostOverlaps } from '../../../model/host-overlaps.ts';
import type { Memory } from '../../../model/memory.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';

/** Finds the VirtualServices with tls or tcp routes for a host, in their order, without looking at all of them. */
export interface VirtualServiceIndex {
  forHost(hostname: string): readonly SelectedVirtualService[];
  /** Their hosts that overlap with a host. The same for as long as there are the same hosts. */
  readonly overlaps: HostOverlaps;
  readonly byHost: ReadonlyMap<string, readonly SelectedVirtualService[]>;
}

const none: readonly SelectedVirtualService[] = [];

interface RoutedHost {
  readonly host: string;
  readonly virtualService: SelectedVirtualService;
}

export function indexVirtualServices(
  memory: Memory,
  virtualServices: readonly SelectedVirtualService[],
  position: number,
): VirtualServiceIndex {
  const routing = memory.collect<SelectedVirtualService, SelectedVirtualService>(
    `claiming VirtualServices ${position}`,
    virtualServices,
    (all, virtualService) => {
      const { tls = [], tcp = [] } = virtualService.spec;
      if (tls.length + tcp.length > 0) all.push(virtualService);
    },
  );
  const routed = memory.collect<SelectedVirtualService, RoutedHost>(
    `hosts of claiming VirtualServices ${position}`,
    routing,
    (all, virtualService) => {
      for (const host of new Set(virtualService.spec.hosts ?? [])) all.push({ host, virtualService });
    },
  );
  const byHost = memory.group<RoutedHost, readonly SelectedVirtualService[]>(
    `claiming VirtualServices ${position}`,
    routed,
    { keyOf: ({ host }) => host, make: (members) => members.map(({ virtualService }) => virtualService) },
  );
  const hosts = memory.settle(`hosts of claiming VirtualServices ${position}`, [...byHost.keys()]);
  const overlaps = memory.once(`hosts of claiming VirtualServices ${position}`, [hosts], () => new HostOverlaps(hosts));
  let positions: ReadonlyMap<SelectedVirtualService, number> | undefined;
  const positionOf = (virtualService: SelectedVirtualService): number => {
    positions ??= new Map(routing.map((each, index) => [each, index]));
    return positions.get(virtualService) ?? 0;
  };
  return {
    overlaps,
    byHost,
    forHost(hostname) {
      const found = overlaps.find(hostname);
      if (found.length < 2) return byHost.get(found[0] ?? '') ?? none;
      const all = new Set(found.flatMap((host) => byHost.get(host) ?? none));
      return [...all].sort((left, right) => positionOf(left) - positionOf(right));
    },
  };
}
