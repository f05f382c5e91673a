import { HostOverlaps } from '../../model/host-overlaps.ts';
import type { Memory } from '../../model/memory.ts';
import type { SelectedVirtualService } from '../../registry/proxy-view.ts';

/** Finds the VirtualServices that have to do with a host, without looking at all of them. */
export interface VirtualServiceIndex {
  /** All of them, in order. */
  readonly virtualServices: readonly SelectedVirtualService[];
  /** In their order. */
  forHost(hostname: string): readonly SelectedVirtualService[];
  /** Their hosts that overlap with a host. The same for as long as there are the same hosts. */
  readonly overlaps: HostOverlaps;
  readonly byHost: ReadonlyMap<string, readonly SelectedVirtualService[]>;
}

export interface IndexOptions {
  /** What it is remembered by. */
  readonly purpose: string;
  routes(virtualService: SelectedVirtualService): boolean;
  /** How a host is looked up. */
  nameOf(host: string): string;
}

const none: readonly SelectedVirtualService[] = [];

interface RoutedHost {
  readonly host: string;
  readonly virtualService: SelectedVirtualService;
}

export function indexVirtualServices(
  memory: Memory,
  given: readonly SelectedVirtualService[],
  { purpose, routes, nameOf }: IndexOptions,
): VirtualServiceIndex {
  const virtualServices = memory.collect<SelectedVirtualService, SelectedVirtualService>(
    purpose,
    given,
    (all, virtualService) => {
      if (routes(virtualService)) all.push(virtualService);
    },
  );
  const routed = memory.collect<SelectedVirtualService, RoutedHost>(
    `hosts of ${purpose}`,
    virtualServices,
    (all, virtualService) => {
      for (const host of new Set(virtualService.spec.hosts?.map(nameOf))) all.push({ host, virtualService });
    },
  );
  const byHost = memory.group<RoutedHost, readonly SelectedVirtualService[]>(purpose, routed, {
    keyOf: ({ host }) => host,
    make: (members) => members.map(({ virtualService }) => virtualService),
  });
  const hosts = memory.settle(purpose, [...byHost.keys()]);
  const overlaps = memory.once(purpose, [hosts], () => new HostOverlaps(hosts));
  let positions: ReadonlyMap<SelectedVirtualService, number> | undefined;
  const positionOf = (virtualService: SelectedVirtualService): number => {
    positions ??= new Map(virtualServices.map((each, index) => [each, index]));
    return positions.get(virtualService) ?? 0;
  };
  return {
    virtualServices,
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
