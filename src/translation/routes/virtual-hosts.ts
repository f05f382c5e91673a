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
 * A virtual host for each routed host. A name or domain belongs to the first that claims it.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, BuildSidecarOutboundVirtualHosts.
 */
export function buildVirtualHosts(
  context: RouteContext,
  hosts: readonly RoutedHost[],
  { listenerPort, purpose }: VirtualHostOptions,
): readonly VirtualHost[] {
  const claims = openClaims(hosts, listenerPort);
  const kept: RoutedHost[] = [];
  /** Of those that do not get all their domains. */
  const fewer = new Map<RoutedHost, readonly string[]>();
  for (const host of hosts) {
    if (!claimName(claims, host.name)) continue;
    const claimed = claimDomains(context, claims, host);
    const domains = listenerPort === 0 ? servedAmongAllPorts(claimed, host.port) : claimed;
    if (domains.length === 0) continue;
    if (domains !== host.domains) fewer.set(host, domains);
    kept.push(host);
  }
  const domainsOf = (host: RoutedHost): readonly string[] => fewer.get(host) ?? host.domains;
  return context.view.memory.mapEach(
    `virtual hosts ${purpose}`,
    kept,
    (host) => buildVirtualHost(context, host, domainsOf(host)),
    { of: domainsOf },
  );
}

/** Where all ports meet, a name without a port means port 80: for other ports only names with a port stay. */
function servedAmongAllPorts(domains: readonly string[], port: number): readonly string[] {
  return port === 80 ? domains : domains.filter((domain) => domain.includes(':'));
}

function buildVirtualHost(
  { includeRequestAttemptCount }: RouteContext,
  { name, routes }: RoutedHost,
  domains: readonly string[],
): VirtualHost {
  return includeRequestAttemptCount ? { name, domains, routes, includeRequestAttemptCount } : { name, domains, routes };
}
