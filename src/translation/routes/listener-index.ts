import { HostOverlaps } from '../../model/host-overlaps.ts';
import { isWildcard } from '../../model/hostname.ts';
import { resourceKey } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { EgressListener, SelectedVirtualService } from '../../registry/proxy-view.ts';

/** What the route configurations of one egress listener look up, over and over. */
export interface ListenerIndex {
  /** Services in the listener's order. */
  readonly servicesByPort: ReadonlyMap<number, readonly Service[]>;
  /** Which VirtualService has the most specific host for a service. Source: istio `sidecar.go`. */
  mostSpecific(service: Service): string | undefined;
  /** The VirtualServices that have to do with any of the services (host names), in order. Source: istio `httproute.go`. */
  virtualServicesFor(hostnames: readonly string[]): readonly SelectedVirtualService[];
}

export function indexListener({ services, virtualServices }: EgressListener): ListenerIndex {
  return {
    servicesByPort: indexByPort(services),
    mostSpecific: indexMostSpecific(services, virtualServices),
    virtualServicesFor: indexByHost(virtualServices),
  };
}

function indexByPort(services: readonly Service[]): ListenerIndex['servicesByPort'] {
  const byPort = new Map<number, Service[]>();
  for (const service of services) {
    for (const number of new Set(service.ports.map((port) => port.number))) append(byPort, number, service);
  }
  return byPort;
}

/**
 * The first of equal hosts wins. Services are known by their names as written, while ports have them in lower case: no
 * wildcard finds a service with capitals in its name there.
 */
function indexMostSpecific(
  services: readonly Service[],
  virtualServices: readonly SelectedVirtualService[],
): ListenerIndex['mostSpecific'] {
  const written = new Set(services.map(({ hostname }) => hostname));
  const byHost = new Map<string, string>();
  for (const { metadata, spec } of virtualServices) {
    for (const host of spec.hosts ?? []) if (!byHost.has(host)) byHost.set(host, resourceKey(metadata));
  }
  return ({ hostname }) =>
    written.has(hostname) ? (byHost.get(hostname) ?? longestWildcard(byHost, hostname)) : undefined;
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
