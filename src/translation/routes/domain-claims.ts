import type { Grouping } from '../../model/memory.ts';
import { referenceOf } from '../../model/resource.ts';
import { hostAndPort, isDerived } from './domains.ts';
import type { RouteContext } from './route-context.ts';
import type { RoutedHost } from './routed-host.ts';

/** Which hosts claim which domain of one route configuration, by the domain in lower case. */
export type DomainClaims = ReadonlyMap<string, readonly RoutedHost[]>;

export const claimsByDomain: Grouping<RoutedHost, readonly RoutedHost[]> = {
  keyOf: domainKeys,
  make: (claimants) => claimants,
};

export function domainKeys({ virtualHost: { domains } }: RoutedHost): readonly string[] {
  return domains.every(isLowerCase) ? domains : domains.map((domain) => domain.toLowerCase());
}

/** To look is faster than to make another text. */
const otherCase = /[A-Z\u0080-\uffff]/;

function isLowerCase(text: string): boolean {
  return !otherCase.test(text);
}

/**
 * The domains that a host gets: Envoy refuses a configuration in which two have the same, so that the first one has it.
 * Source: istio `httproute.go`, dedupeDomains.
 */
export function ownDomains(
  context: RouteContext,
  host: RoutedHost,
  { claims, listenerPort }: { readonly claims: DomainClaims; readonly listenerPort: number },
): readonly string[] {
  const { domains } = host.virtualHost;
  const keys = domainKeys(host);
  if (isAlone(host, keys, claims)) return domains;
  const owns = (domain: string, index: number): boolean => {
    const key = keys[index] ?? domain;
    const claimants = claims.get(key) ?? [];
    // Only the domains of a listener for all ports name one.
    const owner = claimants.find(
      (claimant) => !yields(context, claimant, { key, claimants, namesPort: listenerPort === 0 }),
    );
    const isTaken = owner && owner.hostname !== host.hostname && claimants.indexOf(owner) < claimants.indexOf(host);
    if (isTaken) reportContested(context, domain, [owner, host]);
    return owner === host && keys.indexOf(key) === index;
  };
  return domains.every(owns) ? domains : domains.filter(owns);
}

/** Nobody else claims any of its domains, nor does it claim one twice, as it could with aliases. */
function isAlone({ service }: RoutedHost, keys: readonly string[], claims: DomainClaims): boolean {
  if (service && service.service.aliases.length > 0) return false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    if (claims.get(key)?.length !== 1 || keys.indexOf(key) !== index) return false;
  }
  return true;
}

interface Contest {
  readonly key: string;
  readonly claimants: readonly RoutedHost[];
  readonly namesPort: boolean;
}

/** A service does not take the name of another as a short form of its own. */
function yields(
  { view: { proxy } }: RouteContext,
  claimant: RoutedHost,
  { key, claimants, namesPort }: Contest,
): boolean {
  const { service, hostname, port, virtualHost } = claimant;
  if (!service || (claimants.length === 1 && service.service.aliases.length === 0)) return false;
  const domain = virtualHost.domains[domainKeys(claimant).indexOf(key)] ?? key;
  if (!isDerived(domain, service.service, { hostname, proxy, withPort: port })) return false;
  return claimants.some(
    (other) =>
      other.service && (other.hostname === domain || (namesPort && hostAndPort(other.hostname, other.port) === domain)),
  );
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
