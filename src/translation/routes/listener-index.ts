import { isWildcard } from '../../model/hostname.ts';
import type { Grouping } from '../../model/memory.ts';
import { resourceKey } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { EgressListener, ProxyView, SelectedVirtualService } from '../../registry/proxy-view.ts';
import { indexVirtualServices, type VirtualServiceIndex } from './virtual-service-index.ts';

/** What the route configurations of one egress listener look up, over and over. */
export interface ListenerIndex {
  /** Services in the listener's order. */
  readonly servicesByPort: ReadonlyMap<string, readonly Service[]>;
  /** Those with http routes, by hosts in lower case. Source: istio `httproute.go`. */
  readonly routing: VirtualServiceIndex;
  /** Which VirtualService has the most specific host for a service. Source: istio `sidecar.go`. */
  mostSpecific(hostname: string): string | undefined;
}

export function indexListener({ memory, egressListeners }: ProxyView, listener: EgressListener): ListenerIndex {
  const { services, virtualServices } = listener;
  const position = egressListeners.indexOf(listener);
  return {
    servicesByPort: memory.group(`services by port ${position}`, services, byPort),
    routing: indexVirtualServices(memory, virtualServices, {
      purpose: `routing VirtualServices ${position}`,
      routes: ({ spec }) => spec.http !== undefined && spec.http.length > 0,
      nameOf: (host) => host.toLowerCase(),
    }),
    mostSpecific: memory.once(`most specific ${position}`, [services, virtualServices], () =>
      indexMostSpecific(services, virtualServices),
    ),
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
