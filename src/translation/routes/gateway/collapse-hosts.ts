import { isWildcard } from '../../../model/hostname.ts';
import type { Route } from '../../../xds/types.ts';
import { compareText } from '../match/compare-text.ts';
import type { HostRoutes } from './plan-hosts.ts';

export interface CollapsedHost extends HostRoutes {
  readonly domains: readonly string[];
}

/**
 * Hosts with the very same routes share a virtual host, named for the most specific of them.
 * Source: istio `pilot/pkg/networking/core/gateway.go`, collapseDuplicateRoutes.
 */
export function collapseHosts(hosts: readonly HostRoutes[]): readonly CollapsedHost[] {
  const identities = new Map<Route, number>();
  const identify = (route: Route): number => {
    const known = identities.get(route) ?? identities.size;
    identities.set(route, known);
    return known;
  };
  const collapsed = new Map<string, CollapsedHost & { readonly domains: string[] }>();
  const latest = new Map<string, string>();
  for (const host of [...hosts].sort((a, b) => compareSpecificity(a.hostname, b.hostname))) {
    const routes = host.routes.map(identify).join(' ');
    const sharing = collapsed.get(latest.get(routes) ?? '');
    if (sharing && sharing.redirectsToTls === host.redirectsToTls) {
      sharing.domains.push(host.hostname);
    } else {
      latest.set(routes, host.hostname);
      collapsed.set(host.hostname, { ...host, domains: [host.hostname] });
    }
  }
  return [...collapsed.values()];
}

/** Exact names before wildcards, longer ones before shorter ones. */
function compareSpecificity(left: string, right: string): number {
  return Number(isWildcard(left)) - Number(isWildcard(right)) || right.length - left.length || compareText(left, right);
}
