import type { VirtualHost } from '../../xds/types.ts';
import type { Explanation, RejectedCandidate, VirtualHostStep } from '../explanation.ts';
import { end, type Facts, limitCandidates, precede } from '../walk.ts';
import type { HttpWalk } from './http-walk.ts';
import { selectRoute } from './select-route.ts';
import { type Claim, claimsTo } from './virtual-hosts-for.ts';

/**
 * The authority, whatever its case, chooses the virtual host: the whole name, then the longest `*.suffix`, then the
 * longest `prefix*`, then `*`. Source: envoy `source/common/router/config_impl.cc`, documented with VirtualHost.domains.
 */
export function selectVirtualHost(http: HttpWalk): Explanation {
  const { routes, request } = http;
  const host = hostToMatch(http);
  const virtualHosts = routes.virtualHosts ?? [];
  const claims = claimsTo(virtualHosts, host);
  const [chosen] = claims;
  const step: VirtualHostStep = {
    kind: 'virtual-host',
    routeConfig: routes.name,
    ...(chosen && { chosen: chosen.virtualHost.name, domain: chosen.domain }),
    reason: chosen
      ? reasonFor(chosen, host)
      : `No virtual host of the route configuration ${routes.name} claims ${host}, and none takes every host.`,
    rejected: limitCandidates(rejectOthers(virtualHosts, claims, host), virtualHosts.length - (chosen ? 1 : 0)),
    notes: routes.ignorePortInHostMatching && host !== request.authority.toLowerCase() ? [portNote] : [],
  };
  if (!chosen) return end('virtual-host-not-found', [step], { responseCode: 404 });
  const { virtualHost } = chosen;
  const facts: Facts = {
    virtualHost: virtualHost.name,
    ...(unknownHosts.includes(virtualHost.name) && { cause: 'host-not-registered' }),
  };
  if (virtualHost.requireTls === 'ALL' && request.headers.get('x-forwarded-proto') !== 'https')
    return end('https-required', [step], { ...facts, responseCode: 301 });
  return precede(step, facts, selectRoute(http, virtualHost));
}

/** istiod’s names for what happens to hosts that no service claims. */
const unknownHosts: readonly string[] = ['allow_any', 'block_all'];

const portNote =
  'The port in the Host is not looked at: the listener’s port has chosen the route configuration already.';

function hostToMatch({ routes, request }: HttpWalk): string {
  const authority = request.authority.toLowerCase();
  return routes.ignorePortInHostMatching ? authority.replace(/:\d+$/, '') : authority;
}

function reasonFor({ domain, specificity }: Claim, host: string): string {
  switch (specificity) {
    case 'exact':
      return `Its domain ${domain} is the host of the request.`;
    case 'suffix':
    case 'prefix':
      return `Its domain ${domain} is the longest wildcard that ${host} matches.`;
    case 'any':
      return `It takes every host that no other virtual host claims, and none claims ${host}.`;
  }
}

/** Those that claim the host too come first: they are the surprising ones. */
function* rejectOthers(
  virtualHosts: readonly VirtualHost[],
  [chosen, ...claims]: readonly Claim[],
  host: string,
): Iterable<RejectedCandidate> {
  const weaker = new Map(claims.map((claim) => [claim.virtualHost, claim] as const));
  if (chosen) weaker.delete(chosen.virtualHost);
  for (const { virtualHost, domain } of [...weaker.values()].sort((left, right) => left.position - right.position))
    yield {
      name: virtualHost.name,
      reason: `Its domain ${domain} matches too, but ${chosen?.domain} is more specific.`,
    };
  for (const virtualHost of virtualHosts) {
    const { name, domains } = virtualHost;
    if (virtualHost === chosen?.virtualHost || weaker.has(virtualHost)) continue;
    yield { name, reason: `None of its domains is ${host}: ${domainsText(domains)}.` };
  }
}

function domainsText(domains: readonly string[]): string {
  return domains.length <= 3 ? domains.join(', ') : `${domains.slice(0, 3).join(', ')} and ${domains.length - 3} more`;
}
