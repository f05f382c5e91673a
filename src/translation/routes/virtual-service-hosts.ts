import { hostnamesMatch, isWildcard } from '../../model/hostname.ts';
import { resourceKey } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { EgressListener, SelectedVirtualService } from '../../registry/proxy-view.ts';
import type { ReachableServices } from './reachable-services.ts';
import { semanticsOf } from './route-semantics.ts';

/** The hosts of a VirtualService, parted into services and other names. */
export interface VirtualServiceHosts {
  readonly services: readonly Service[];
  /** Names that no service has: on port 80 they get a virtual host of their own. */
  readonly others: readonly string[];
}

/** The VirtualServices that have to do with any of the services. Source: istio `httproute.go`, selectVirtualServices. */
export function selectVirtualServices(
  virtualServices: readonly SelectedVirtualService[],
  services: ReachableServices,
): readonly SelectedVirtualService[] {
  const names = [...services.keys()];
  const wildcardNames = names.filter(isWildcard);
  const concernsService = (host: string): boolean =>
    services.has(host) || (isWildcard(host) ? names : wildcardNames).some((name) => hostnamesMatch(host, name));
  return virtualServices.filter(({ spec }) => spec.hosts?.some((host) => concernsService(host.toLowerCase())));
}

/** For each service, which VirtualService has the most specific host for it. The first of equal hosts wins. */
export type MostSpecificVirtualService = (service: Service) => string | undefined;

/** Source: istio `pilot/pkg/model/sidecar.go`, computeWildcardHostVirtualServiceIndex. */
export function indexMostSpecific({ virtualServices }: EgressListener): MostSpecificVirtualService {
  const byHost = new Map<string, string>();
  for (const { metadata, spec } of virtualServices) {
    for (const host of spec.hosts ?? []) if (!byHost.has(host)) byHost.set(host, resourceKey(metadata));
  }
  return ({ hostname }) => byHost.get(hostname) ?? longestWildcard(byHost, hostname);
}

/** Tries `*.b.c`, `*b.c`, `*.c` … for `a.b.c`: the longest wildcard is the most specific. */
function longestWildcard(byHost: ReadonlyMap<string, string>, hostname: string): string | undefined {
  const name = isWildcard(hostname) ? hostname.slice(1) : hostname;
  for (let start = 0; start <= name.length; start++) {
    const found = byHost.get(`*${name.slice(start)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * A wildcard host takes those services for which no other VirtualService is more specific.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, separateVSHostsAndServices.
 */
export function separateHosts(
  { metadata, spec }: SelectedVirtualService,
  reachable: ReachableServices,
  mostSpecific: MostSpecificVirtualService,
): VirtualServiceHosts {
  const services: Service[] = [];
  const others: string[] = [];
  const hosts = spec.hosts ?? [];
  for (const host of hosts.filter((name) => !isWildcard(name))) {
    const service = reachable.get(host.toLowerCase());
    if (service) services.push(service);
    else others.push(host);
  }
  for (const wildcard of hosts.filter(isWildcard).map((name) => name.toLowerCase())) {
    const matching = matchingServices(wildcard, reachable);
    if (matching.length === 0 || semanticsOf(metadata) === 'gateway') others.push(wildcard);
    else services.push(...matching.filter((service) => mostSpecific(service) === resourceKey(metadata)));
  }
  return { services, others };
}

function matchingServices(wildcard: string, reachable: ReachableServices): readonly Service[] {
  return [...reachable.values()].filter(({ hostname }) => hostnamesMatch(hostname, wildcard));
}
