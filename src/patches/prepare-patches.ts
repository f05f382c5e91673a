import type { Report } from '../model/diagnostic.ts';
import type { Proxy } from '../model/proxy.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Cluster, Listener, RouteConfiguration } from '../xds/types.ts';
import { patchClusters } from './clusters/patch-clusters.ts';
import { keepFirstOfName } from './keep-first-of-name.ts';
import { patchAllListeners } from './listeners/patch-all-listeners.ts';
import { matchesProxy } from './match/proxy-match.ts';
import { PatchSet } from './patch-set.ts';
import { readPatches } from './read-patches.ts';
import { reportUnused } from './report-unused.ts';
import { patchRouteConfigurations } from './routes/patch-route-configurations.ts';
import { loadEnvoyApi } from './schema/envoy-api.ts';
import { bindAll, bindsUnbound, validateAll } from './shared-values.ts';

export interface PatchOptions {
  readonly proxy: Proxy;
  /** Those for the proxy, in the order in which they apply. */
  readonly filters: readonly ResourceOf<'EnvoyFilter'>[];
  /** Whether istiod takes very long patterns of `proxyVersion` for ones that match nothing. */
  readonly boundsVersionPatterns: boolean;
  /** The hosts of the services behind a port of the workload. */
  readonly hostsOfPort: (port: number) => readonly string[];
  /** For the route configurations of a gateway: the ports that their servers have in the Gateways. */
  readonly serverPortsByRoute: ReadonlyMap<string, readonly number[]>;
  readonly report: Report;
}

/** Patches what a proxy is about to be sent, in the order of the methods. */
export interface Patches {
  clusters(clusters: readonly Cluster[]): readonly Cluster[];
  listeners(listeners: readonly Listener[]): readonly Listener[];
  routes(configurations: readonly RouteConfiguration[]): readonly RouteConfiguration[];
  /** Says which patches found nothing to patch. */
  finish(): void;
}

/** What EnvoyFilters make of a proxy's configuration. Envoy's API is only read where there are any. */
export function preparePatches(options: PatchOptions): Patches {
  const { proxy, filters, report } = options;
  if (filters.length === 0) return noPatches;
  const api = loadEnvoyApi();
  const patches = filters
    .flatMap((filter) => readPatches(api, filter))
    .filter(({ match }) => matchesProxy(match.proxy ?? {}, proxy, options.boundsVersionPatterns));
  const set = new PatchSet(api, patches, report);
  const proxyType = proxy.type;
  let falseIsTrue = false;
  return {
    clusters: (clusters) =>
      keepFirstOfName(set, patchClusters(set, clusters, { proxyType, hostsOfPort: options.hostsOfPort })),
    listeners: (listeners) => {
      const patched = keepFirstOfName(set, patchAllListeners(set, listeners, proxyType));
      falseIsTrue = bindsUnbound(listeners, patched);
      return falseIsTrue ? patched.map(bindAll) : patched;
    },
    routes: (configurations) => {
      const { serverPortsByRoute } = options;
      const patched = patchRouteConfigurations(set, configurations, { proxyType, serverPortsByRoute });
      return keepFirstOfName(set, falseIsTrue ? patched.map(validateAll) : patched);
    },
    finish: () => reportUnused(set.unused(), proxyType, report),
  };
}

const noPatches: Patches = {
  clusters: (clusters) => clusters,
  listeners: (listeners) => listeners,
  routes: (configurations) => configurations,
  finish: () => undefined,
};
