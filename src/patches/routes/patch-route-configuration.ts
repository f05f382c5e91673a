import type { RouteConfiguration, VirtualHost } from '../../xds/types.ts';
import { matchesVirtualHost } from '../match/route-match.ts';
import type { Patch } from '../patch.ts';
import { type ContextPatches, isMerge, type PatchSet } from '../patch-set.ts';
import { patchRoutes } from './patch-routes.ts';

export interface RoutePatches extends ContextPatches {
  /** Whether a patch is for the configuration. */
  readonly matches: (patch: Patch) => boolean;
}

/** Source: istio `pilot/pkg/networking/core/envoyfilter/rc_patch.go`, ApplyRouteConfigurationPatches. */
export function patchRouteConfiguration(
  configuration: RouteConfiguration,
  { set, context, matches }: RoutePatches,
): RouteConfiguration {
  let patched = configuration;
  for (const patch of set.of('ROUTE_CONFIGURATION', context)) {
    if (!isMerge(patch) || !matches(patch)) continue;
    set.use(patch);
    patched = set.merge(patched, patch);
  }
  const { virtualHosts: hosts = [], ...rest } = patched;
  const virtualHosts = patchVirtualHosts(set, hosts, {
    hostPatches: set.of('VIRTUAL_HOST', context).filter(matches),
    routePatches: set.of('HTTP_ROUTE', context).filter(matches),
  });
  return { ...rest, ...(virtualHosts.length > 0 && { virtualHosts }) };
}

interface HostPatches {
  readonly hostPatches: readonly Patch[];
  readonly routePatches: readonly Patch[];
}

/** What is removed goes last, by name: a host of the same name that a patch adds goes too. */
function patchVirtualHosts(
  set: PatchSet,
  hosts: readonly VirtualHost[],
  { hostPatches, routePatches }: HostPatches,
): readonly VirtualHost[] {
  const removed = new Set<string>();
  const kept = hosts.flatMap((host) => {
    const patched = patchVirtualHost(set, host, hostPatches);
    if (patched) return [patchRoutes(set, patched, routePatches)];
    removed.add(host.name);
    return [];
  });
  const added = hostPatches.filter(({ operation }) => operation === 'ADD');
  for (const patch of added) set.use(patch);
  return [...kept, ...added.map(({ value }) => value as unknown as VirtualHost)].filter(
    ({ name }) => !removed.has(name),
  );
}

/** Absent where a patch removes it. */
function patchVirtualHost(set: PatchSet, host: VirtualHost, patches: readonly Patch[]): VirtualHost | undefined {
  let patched = host;
  for (const patch of patches) {
    if (!matchesVirtualHost(patched, patch)) continue;
    if (patch.operation === 'REMOVE') {
      set.use(patch);
      return undefined;
    }
    if (isMerge(patch)) patched = set.merge(patched, patch);
    else if (patch.operation === 'REPLACE') patched = patch.value as unknown as VirtualHost;
    else continue;
    set.use(patch);
  }
  return patched;
}
