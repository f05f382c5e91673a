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
  listenerPort: number,
): VirtualHostsByPort {
  const claims = openClaims(groups);
  const byPort = new Map<number, VirtualHost[]>();
  for (const group of groups) {
    const virtualHosts = byPort.get(group.port) ?? [];
    byPort.set(group.port, virtualHosts);
    for (const host of hostsOf(context, group, listenerPort)) {
      const virtualHost = claimHost(context, claims, { group, host });
      if (virtualHost) virtualHosts.push(virtualHost);
    }
  }
  return byPort;
}

interface ClaimingHost {
  readonly hostname: string;
  readonly domains: Domains;
  readonly service?: Service;
}

const nothingDerived: ReadonlySet<string> = new Set();

function hostsOf({ view }: RouteContext, group: RouteGroup, listenerPort: number): readonly ClaimingHost[] {
  const others = group.otherHosts.map((name) => {
    const hostname = name.toLowerCase();
    return { hostname, domains: { all: [bracketed(hostname)], derived: nothingDerived } };
  });
  const services = group.services.map((service) => ({
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

/** Absent where nothing is left to claim, or no route applies to the proxy. */
function claimHost(
  context: RouteContext,
  claims: DomainClaims,
  { group, host }: { readonly group: RouteGroup; readonly host: ClaimingHost },
): VirtualHost | undefined {
  const name = hostAndPort(host.hostname, group.port);
  if (!claimName(claims, name)) return undefined;
  const domains = claimDomains(context, claims, { ...host, byVirtualService: group.byVirtualService });
  if (domains.length === 0) return undefined;
  return {
    name,
    domains,
    routes: group.routes,
    ...(context.includeRequestAttemptCount && { includeRequestAttemptCount: true }),
  };
}
