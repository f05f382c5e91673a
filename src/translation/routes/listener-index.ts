import { HostOverlaps } from '../../model/host-overlaps.ts';
import { isWildcard } from '../../model/hostname.ts';
import type { Grouping } from '../../model/memory.ts';
import { resourceKey } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { EgressListener, ProxyView, SelectedVirtualService } from '../../registry/proxy-view.ts';

/** What the route configurations of one egress listener look up, over and over. */
export interface ListenerIndex {
  /** Services in the listener's order. */
  readonly servicesByPort: ReadonlyMap<string, readonly Service[]>;
  /** Those with http routes, in order. */
  readonly virtualServices: readonly SelectedVirtualService[];
  /** Which VirtualService has the most specific host for a service. Source: istio `sidecar.go`. */
  mostSpecific(hostname: string): string | undefined;
  /** The VirtualServices that have to do with any of the services (host names), in order. Source: istio `httproute.go`. */
  virtualServicesFor(hostnames: Iterable<string>): readonly SelectedVirtualService[];
}

export function indexListener({ memory, egressListeners }: ProxyView, listener: EgressListener): ListenerIndex {
  const { services, virtualServices } = listener;
  const position = egressListeners.indexOf(listener);
  const routing = memory.once(`routing VirtualServices ${position}`, [virtualServices], () =>
    virtualServices.filter(({ spec }) => spec.http && spec.http.length > 0),
  );
  return {
    servicesByPort: memory.group(`services by port ${position}`, services, byPort),
    virtualServices: routing,
    mostSpecific: memory.once(`most specific ${position}`, [services, virtualServices], () =>
      indexMostSpecific(services, virtualServices),
    ),
    virtualServicesFor: memory.once(`VirtualServices by host ${position}`, [routing], () => indexByHost(routing)),
  };
}

const byPort: Grouping<Service, readonly Service[]> = {
  keyOf: ({ ports }) =>
    ports.length === 1 && ports[0] ? String(ports[0].number) : ports.map(({ number }) => String(number)),
  make: (services) => services,
};

/**
 * The first of equal hosts wins. Services are known by their names as written, while ports have them in lower case: no
 * wildcard finds a service with capitals in its name there.
 */
function indexMostSpecific(
  services: readonly Service[],
  virtualServices: readonly SelectedVirtualService[],
): ListenerIndex['mostSpecific'] {
  let index: { readonly written: ReadonlySet<string>; readonly byHost: ReadonlyMap<string, string> } | undefined;
  return (hostname) => {
    index ??= { written: new Set(services.map((service) => service.hostname)), byHost: keysByHost(virtualServices) };
    const { written, byHost } = index;
    return written.has(hostname) ? (byHost.get(hostname) ?? longestWildcard(byHost, hostname)) : undefined;
  };
}

function keysByHost(virtualServices: readonly SelectedVirtualService[]): ReadonlyMap<string, string> {
  const byHost = new Map<string, string>();
  for (const { metadata, spec } of virtualServices) {
    for (const host of spec.hosts ?? []) if (!byHost.has(host)) byHost.set(host, resourceKey(metadata));
  }
  return byHost;
}

/** Tries `*a.b.c`, `*.b.c`, `*b.c` … for `a.b.c`: the longest wildcard is the most specific. */
function longestWildcard(byHost: ReadonlyMap<string, string>, hostname: string): string | undefined {
  const name = isWildcard(hostname) ? hostname.slice(1) : hostname;
  for (let start = 0; start <= name.length; start++) {
    const found = byHost.get(`*${name.slice(start)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function indexByHost(virtualServices: readonly SelectedVirtualService[]): ListenerIndex['virtualServicesFor'] {
  const positions = new Map<string, number[]>();
  virtualServices.forEach(({ spec }, position) => {
    for (const host of spec.hosts ?? []) append(positions, host.toLowerCase(), position);
  });
  const hosts = new HostOverlaps([...positions.keys()]);
  return (hostnames) => {
    const selected = new Set<number>();
    for (const name of hostnames)
      for (const host of hosts.find(name)) for (const position of positions.get(host) ?? []) selected.add(position);
    return virtualServices.filter((_, position) => selected.has(position));
  };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
