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

function listRouteNames({ memory }: ProxyView, listeners: readonly Listener[]): readonly string[] {
  const names = new Set<string>();
  for (const ofListener of memory.mapEach('route names', listeners, (listener) => referencedRouteNames([listener]))) {
    for (const name of ofListener) names.add(name);
  }
  return [...names];
}
