import { isWildcard } from '../../model/hostname.ts';
import { resourceKey } from '../../model/resource.ts';
import type { SelectedVirtualService } from '../../registry/proxy-view.ts';
import type { ListenerIndex } from './listener-index.ts';
import type { ReachableService, ReachableServices } from './reachable-services.ts';
import { semanticsOf } from './route-semantics.ts';

/** The hosts of a VirtualService, parted into services and other names. */
export interface VirtualServiceHosts {
  readonly services: readonly ReachableService[];
  /** Names that no service has: on port 80 they get a virtual host of their own. */
  readonly others: readonly string[];
}

/**
 * A wildcard host takes those services for which no other VirtualService is more specific.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, separateVSHostsAndServices.
 */
export function separateHosts(
  { metadata, spec }: SelectedVirtualService,
  reachable: ReachableServices,
  mostSpecific: ListenerIndex['mostSpecific'],
): VirtualServiceHosts {
  const services: ReachableService[] = [];
  const others: string[] = [];
  const hosts = spec.hosts ?? [];
  for (const host of hosts) {
    if (isWildcard(host)) continue;
    const service = reachable.byHost.get(host.toLowerCase());
    if (service) services.push(service);
    else others.push(host);
  }
  if (!hosts.some(isWildcard)) return { services, others };
  const key = resourceKey(metadata);
  for (const wildcard of hosts.filter(isWildcard).map((name) => name.toLowerCase())) {
    const matching = reachable.overlapping(wildcard);
    if (matching.length === 0 || semanticsOf(metadata) === 'gateway') {
      others.push(wildcard);
      continue;
    }
    // One by one: a wildcard may cover more services than a call has room for arguments.
    for (const service of matching) if (mostSpecific(service.hostname) === key) services.push(service);
  }
  return { services, others };
}
