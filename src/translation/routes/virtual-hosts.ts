import type { VirtualHost } from '../../xds/types.ts';
import { claimsByDomain, domainKeys, ownDomains } from './domain-claims.ts';
import type { RouteContext } from './route-context.ts';
import type { RoutedHost } from './routed-host.ts';

export interface VirtualHostOptions {
  /** 0 where the listener takes requests for all ports. */
  readonly listenerPort: number;
  /** What they are remembered by. */
  readonly purpose: string;
}

/**
 * The virtual hosts of routed hosts. A name or domain belongs to the first that claims it.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, BuildSidecarOutboundVirtualHosts.
 */
export function buildVirtualHosts(
  context: RouteContext,
  hosts: readonly RoutedHost[],
  { listenerPort, purpose }: VirtualHostOptions,
): readonly VirtualHost[] {
  const { memory } = context.view;
  const nameOf = ({ hostname, virtualHost }: RoutedHost): string => (listenerPort === 0 ? virtualHost.name : hostname);
  const named = memory.firsts(`virtual hosts ${purpose}`, hosts, nameOf);
  const claims = memory.group(`domains ${purpose}`, named, claimsByDomain);
  return memory.collect<RoutedHost, VirtualHost>(
    `virtual hosts ${purpose}`,
    named,
    (all, host) => {
      const owned = ownDomains(context, host, { claims, listenerPort });
      const domains = listenerPort === 0 ? servedAmongAllPorts(owned, host.port) : owned;
      if (domains === host.virtualHost.domains) all.push(host.virtualHost);
      else if (domains.length > 0) all.push({ ...host.virtualHost, domains });
    },
    {
      of: (host) => domainKeys(host).map((domain) => claims.get(domain)),
      lookups: { in: [claims], namesOf: domainKeys },
    },
  );
}

/** Where all ports meet, a name without a port means port 80: for other ports only names with a port stay. */
function servedAmongAllPorts(domains: readonly string[], port: number): readonly string[] {
  return port === 80 ? domains : domains.filter((domain) => domain.includes(':'));
}
