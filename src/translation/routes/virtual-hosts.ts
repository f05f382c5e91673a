import type { Service } from '../../model/service.ts';
import { addressesForProxy } from '../../registry/service-address.ts';
import type { VirtualHost } from '../../xds/types.ts';
import { claimDomains, claimName, type DomainClaims, openClaims } from './domain-claims.ts';
import { bracketed, buildServiceDomains, type Domains, hostAndPort } from './domains.ts';
import type { RouteContext } from './route-context.ts';
import type { RouteGroup } from './route-groups.ts';

/** Virtual hosts by the port whose services they stand for. */
export type VirtualHostsByPort = ReadonlyMap<number, readonly VirtualHost[]>;

/**
 * One virtual host for each host of each group. A name or domain belongs to the first that claims it.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, BuildSidecarOutboundVirtualHosts.
 */
export function buildVirtualHosts(
  context: RouteContext,
  groups: readonly RouteGroup[],
  { listenerPort, purpose }: { readonly listenerPort: number; readonly purpose: string },
): VirtualHostsByPort {
  const { memory } = context.view;
  const claims = openClaims(groups);
  const candidates = memory.mapEach(`hosts ${purpose}`, groups, (group) => hostsOf(context, group, listenerPort));
  const claimed = new Map<ClaimingHost, readonly string[]>();
  for (const hosts of candidates) {
    for (const host of hosts) {
      const domains = claimHost(context, claims, host);
      if (domains.length > 0) claimed.set(host, domains);
    }
  }
  const hosts = [...claimed.keys()];
  const domainsOf = (host: ClaimingHost): readonly string[] => claimed.get(host) ?? [];
  const virtualHosts = memory.mapEach(
    `virtual hosts ${purpose}`,
    hosts,
    (host) => buildVirtualHost(context, host, domainsOf(host)),
    { of: domainsOf },
  );
  const byPort = new Map<number, VirtualHost[]>(groups.map(({ port }) => [port, []]));
  virtualHosts.forEach((virtualHost, index) => {
    byPort.get(hosts[index]?.group.port ?? 0)?.push(virtualHost);
  });
  return byPort;
}

interface ClaimingHost {
  readonly group: RouteGroup;
  readonly hostname: string;
  readonly domains: Domains;
  readonly service?: Service;
}

const nothingDerived: ReadonlySet<string> = new Set();

function hostsOf({ view }: RouteContext, group: RouteGroup, listenerPort: number): readonly ClaimingHost[] {
  const others = group.otherHosts.map((name) => {
    const hostname = name.toLowerCase();
    return { group, hostname, domains: { all: [bracketed(hostname)], derived: nothingDerived } };
  });
  const services = group.services.map((service) => ({
    group,
    hostname: service.hostname,
    service,
    domains: buildServiceDomains(service, {
      dnsDomain: view.proxy.dnsDomain,
      addresses: addressesForProxy(view, service),
      ...(listenerPort === 0 && { withPort: group.port }),
    }),
  }));
  return [...others, ...services];
}

/** The domains that are left to claim. */
function claimHost(context: RouteContext, claims: DomainClaims, host: ClaimingHost): readonly string[] {
  const { group, hostname } = host;
  if (!claimName(claims, hostAndPort(hostname, group.port))) return [];
  return claimDomains(context, claims, { ...host, byVirtualService: group.byVirtualService });
}

function buildVirtualHost(
  { includeRequestAttemptCount }: RouteContext,
  { hostname, group }: ClaimingHost,
  domains: readonly string[],
): VirtualHost {
  return {
    name: hostAndPort(hostname, group.port),
    domains,
    routes: group.routes,
    ...(includeRequestAttemptCount && { includeRequestAttemptCount: true }),
  };
}
