import type { VirtualHost } from '../../xds/types.ts';
import { claimDomains, claimName, openClaims } from './domain-claims.ts';
import type { RouteContext } from './route-context.ts';
import type { RoutedHost } from './routed-host.ts';

export interface VirtualHostOptions {
  /** 0 where the listener takes requests for all ports. */
  readonly listenerPort: number;
  /** What they are remembered by. */
  readonly purpose: string;
}

/**
 * The virtual hosts of routed hosts, in no order. A name or domain belongs to the first that claims it.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, BuildSidecarOutboundVirtualHosts.
 */
export function buildVirtualHosts(
  context: RouteContext,
  hosts: readonly RoutedHost[],
  { listenerPort, purpose }: VirtualHostOptions,
): readonly VirtualHost[] {
  const claims = openClaims(hosts, listenerPort);
  const virtualHosts: VirtualHost[] = [];
  const narrowed = new Map<VirtualHost, readonly string[]>();
  for (const host of hosts) {
    if (!claimName(claims, host)) continue;
    const claimed = claimDomains(context, claims, host);
    const domains = listenerPort === 0 ? servedAmongAllPorts(claimed, host.port) : claimed;
    if (domains === host.virtualHost.domains) virtualHosts.push(host.virtualHost);
    else if (domains.length > 0) narrowed.set(host.virtualHost, domains);
  }
  if (narrowed.size === 0) return virtualHosts;
  const domainsOf = (virtualHost: VirtualHost): readonly string[] => narrowed.get(virtualHost) ?? [];
  const others = context.view.memory.mapEach(
    `narrowed virtual hosts ${purpose}`,
    [...narrowed.keys()],
    (virtualHost) => ({ ...virtualHost, domains: domainsOf(virtualHost) }),
    { of: domainsOf },
  );
  return [...virtualHosts, ...others];
}

/** Where all ports meet, a name without a port means port 80: for other ports only names with a port stay. */
function servedAmongAllPorts(domains: readonly string[], port: number): readonly string[] {
  return port === 80 ? domains : domains.filter((domain) => domain.includes(':'));
}
