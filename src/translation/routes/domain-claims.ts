import { referenceOf } from '../../model/resource.ts';
import { hostAndPort, isDerived } from './domains.ts';
import type { RouteContext } from './route-context.ts';
import type { RoutedHost } from './routed-host.ts';

/** Who has which domain of one route configuration: Envoy refuses a configuration in which two have the same. */
export interface DomainClaims {
  /** Which host names have a virtual host, by the port: those that another may ask for. */
  readonly named: Map<number, Set<string>>;
  /** Whether services may ask for a name twice. By themselves, on one port, they do not. */
  readonly allPorts: boolean;
  /** By the domain in lower case. */
  readonly owners: Map<string, RoutedHost>;
  /** Host names of services, with and without port: no other service may take one as its short form. */
  readonly hostnames: ReadonlySet<string>;
}

export function openClaims(hosts: readonly RoutedHost[], listenerPort: number): DomainClaims {
  const hostnames = new Set<string>();
  for (const { service, hostname, port } of hosts) {
    if (!service) continue;
    hostnames.add(hostname);
    // Only the domains of a listener for all ports name one.
    if (listenerPort === 0) hostnames.add(hostAndPort(hostname, port));
  }
  return { named: new Map(), allPorts: listenerPort === 0, owners: new Map(), hostnames };
}

/** Whether the virtual host's name is still free; takes it. */
export function claimName(
  { named, allPorts }: DomainClaims,
  { hostname, port, byVirtualService }: RoutedHost,
): boolean {
  const hostnames = named.get(port);
  if (hostnames?.has(hostname)) return false;
  if (!byVirtualService && !allPorts) return true;
  if (hostnames) hostnames.add(hostname);
  else named.set(port, new Set([hostname]));
  return true;
}

/** Takes the domains that are still free and returns them. Source: istio `httproute.go`, dedupeDomains. */
export function claimDomains(context: RouteContext, claims: DomainClaims, claimant: RoutedHost): readonly string[] {
  const { domains } = claimant.virtualHost;
  let claimed: string[] | undefined;
  for (let index = 0; index < domains.length; index++) {
    const domain = domains[index] as string;
    if (claimDomain(context, claims, { domain, claimant })) claimed?.push(domain);
    else claimed ??= domains.slice(0, index);
  }
  return claimed ?? domains;
}

function claimDomain(
  context: RouteContext,
  { owners, hostnames }: DomainClaims,
  { domain, claimant }: { readonly domain: string; readonly claimant: RoutedHost },
): boolean {
  const key = domain.toLowerCase();
  const owner = owners.get(key);
  if (owner) {
    if (owner.hostname !== claimant.hostname) reportContested(context, domain, [owner, claimant]);
    return false;
  }
  if (hostnames.has(domain) && belongsToAnother(context, domain, claimant)) return false;
  owners.set(key, claimant);
  return true;
}

function belongsToAnother({ view }: RouteContext, domain: string, { service, hostname, port }: RoutedHost): boolean {
  const options = { hostname, proxy: view.proxy, withPort: port };
  return service !== undefined && isDerived(domain, service.service, options);
}

/** istiod walks services in no order, so that either of two may win; VirtualServices it walks in order. */
function reportContested(
  { view }: RouteContext,
  domain: string,
  [owner, loser]: readonly [RoutedHost, RoutedHost],
): void {
  if (owner.byVirtualService || loser.byVirtualService || !owner.service || !loser.service) return;
  const [winner, other] = [owner.service, loser.service];
  view.memory.reportOnce(`domain ${domain} ${winner.hostname} ${other.hostname}`, () => ({
    code: 'undetermined-order',
    severity: 'warning',
    message: `Services "${winner.hostname}" and "${other.hostname}" both claim requests for "${domain}"; istiod leaves open which one gets them. The first one was taken.`,
    resource: referenceOf(other.service.origin),
    related: [{ message: `"${winner.hostname}" claims it, too`, resource: referenceOf(winner.service.origin) }],
  }));
}
