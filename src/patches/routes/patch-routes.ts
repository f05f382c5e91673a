import type { Route, VirtualHost } from '../../xds/types.ts';
import { matchesRoute, matchesVirtualHost, routeMatchOf } from '../match/route-match.ts';
import type { Patch } from '../patch.ts';
import { isMerge, type PatchSet } from '../patch-set.ts';
import { placeInList } from '../place-in-list.ts';

/**
 * The host with its routes patched: they are merged into and removed first; what is inserted finds its place among those
 * that are left. Source: istio `pilot/pkg/networking/core/envoyfilter/rc_patch.go`, patchHTTPRoutes.
 */
export function patchRoutes(set: PatchSet, host: VirtualHost, patches: readonly Patch[]): VirtualHost {
  const relevant = patches.filter((patch) => matchesVirtualHost(host, patch));
  if (relevant.length === 0) return host;
  const { routes: given = [], ...rest } = host;
  let routes: readonly Route[] = given.flatMap((route) => patchRoute(set, route, relevant) ?? []);
  for (const patch of relevant.filter(isInsertion)) {
    const placed = insertRoute(routes, patch);
    if (placed !== routes) set.use(patch);
    routes = placed;
  }
  return { ...rest, ...(routes.length > 0 && { routes }) };
}

/** Absent where a patch removes it. */
function patchRoute(set: PatchSet, route: Route, patches: readonly Patch[]): Route | undefined {
  let patched = route;
  for (const patch of patches) {
    if (!matchesRoute(patched, patch)) continue;
    if (patch.operation === 'REMOVE') {
      set.use(patch);
      return undefined;
    }
    if (!isMerge(patch)) continue;
    set.use(patch);
    patched = set.merge(patched, patch);
  }
  return patched;
}

function isInsertion({ operation }: Patch): boolean {
  return operation === 'ADD' || operation.startsWith('INSERT_');
}

/** Even what comes first is only inserted where the route to hold on to exists. */
function insertRoute(routes: readonly Route[], patch: Patch): readonly Route[] {
  const { operation } = patch;
  const matches = routeMatchOf(patch) && ((route: Route) => matchesRoute(route, patch));
  if (operation === 'INSERT_FIRST' && matches && !routes.some(matches)) return routes;
  return placeInList(routes, { operation, value: patch.value as unknown as Route, ...(matches && { matches }) });
}
