import { referenceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import { type Domains, hostAndPort } from './domains.ts';
import type { RouteContext } from './route-context.ts';
import type { RouteGroup } from './route-groups.ts';

/** Who has which domain of one route configuration: Envoy refuses a configuration in which two have the same. */
export interface DomainClaims {
  readonly names: Set<string>;
  /** By the domain in lower case. */
  readonly owners: Map<string, Claimant>;
  /** Host names of services, with and without port: no other service may take one as its short form. */
  readonly hostnames: ReadonlySet<string>;
}

export interface Claimant {
  readonly hostname: string;
  readonly domains: Domains;
  readonly service?: Service;
  readonly byVirtualService: boolean;
}

export function openClaims(groups: readonly RouteGroup[]): DomainClaims {
  const hostnames = groups.flatMap(({ port, services }) =>
    services.flatMap(({ hostname }) => [hostname, hostAndPort(hostname, port)]),
  );
  return { names: new Set(), owners: new Map(), hostnames: new Set(hostnames) };
}

/** Whether the virtual host's name is still free; takes it. */
export function claimName({ names }: DomainClaims, name: string): boolean {
  if (names.has(name)) return false;
  names.add(name);
  return true;
}

/** Takes the domains that are still free and returns them. Source: istio `httproute.go`, dedupeDomains. */
export function claimDomains(
  context: RouteContext,
  { owners, hostnames }: DomainClaims,
  claimant: Claimant,
): readonly string[] {
  const { all, derived } = claimant.domains;
  return all.filter((domain) => {
    const key = domain.toLowerCase();
    const owner = owners.get(key);
    if (owner) {
      if (owner.hostname !== claimant.hostname) reportContested(context, domain, [owner, claimant]);
      return false;
    }
    if (derived.has(domain) && hostnames.has(domain)) return false;
    owners.set(key, claimant);
    return true;
  });
}

/** istiod walks services in no order, so that either of two may win; VirtualServices it walks in order. */
function reportContested({ view }: RouteContext, domain: string, [owner, loser]: readonly [Claimant, Claimant]): void {
  if (owner.byVirtualService || loser.byVirtualService || !owner.service || !loser.service) return;
  const [winner, other] = [owner.service, loser.service];
  view.memory.reportOnce(`domain ${domain} ${winner.hostname} ${other.hostname}`, () => ({
    code: 'undetermined-order',
    severity: 'warning',
    message: `Services "${winner.hostname}" and "${other.hostname}" both claim requests for "${domain}"; istiod leaves open which one gets them. The first one was taken.`,
    resource: referenceOf(other.origin),
    related: [{ message: `"${winner.hostname}" claims it, too`, resource: referenceOf(winner.origin) }],
  }));
}
