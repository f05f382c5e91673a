import type { ProxyView } from '../registry/proxy-view.ts';
import { buildClusters } from '../translation/clusters/build-clusters.ts';
import { buildLoadAssignments } from '../translation/endpoints/build-load-assignments.ts';
import { buildListeners } from '../translation/listeners/build-listeners.ts';
import { buildNameTable } from '../translation/names/build-name-table.ts';
import { buildRouteConfigurations } from '../translation/routes/build-route-configurations.ts';
import { referencedRouteNames } from '../xds/referenced-route-names.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { Listener } from '../xds/types.ts';
import { preparePatchesFor } from './proxy-patches.ts';

/** What istiod sends a sidecar: the clusters, listeners and their routes, the load assignments of EDS clusters, and the DNS proxy's table. */
export function renderSidecar(view: ProxyView): Snapshot {
  const patches = preparePatchesFor(view);
  const clusters = patches.clusters(buildClusters(view));
  const listeners = patches.listeners(buildListeners(view));
  const routes = patches.routes(buildRouteConfigurations(view, listRouteNames(view, listeners)));
  patches.finish();
  return {
    clusters,
    listeners,
    routes,
    endpoints: buildLoadAssignments(view, clusters),
    nameTable: buildNameTable(view),
  };
}

/** Chains beyond which a listener is looked at chain by chain. */
const manyChains = 64;

function listRouteNames({ memory }: ProxyView, listeners: readonly Listener[]): readonly string[] {
  const namesOf = (listener: Listener): readonly string[] => {
    const { filterChains = [], defaultFilterChain, name } = listener;
    if (!memory.remembers || filterChains.length < manyChains) return referencedRouteNames([listener]);
    const ofChains = memory.mapEach(`route names ${name}`, filterChains, (chain) =>
      referencedRouteNames([{ filterChains: [chain] }]),
    );
    return union([...ofChains, referencedRouteNames([defaultFilterChain ? { defaultFilterChain } : {}])]);
  };
  const ofListeners = memory.mapEach('route names', listeners, namesOf);
  return memory.settle('route names', union(ofListeners));
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  const names = new Set<string>();
  for (const list of lists) if (list.length > 0) for (const name of list) names.add(name);
  return [...names];
}
