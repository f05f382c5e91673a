import type { ProxyView } from '../registry/proxy-view.ts';
import { buildClusters } from '../translation/clusters/build-clusters.ts';
import { buildLoadAssignments } from '../translation/endpoints/build-load-assignments.ts';
import { buildListeners } from '../translation/listeners/build-listeners.ts';
import { buildNameTable } from '../translation/names/build-name-table.ts';
import { buildRouteConfigurations } from '../translation/routes/build-route-configurations.ts';
import { referencedRouteNames } from '../xds/referenced-route-names.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { preparePatchesFor } from './proxy-patches.ts';

/** What istiod sends a sidecar: the clusters, listeners and their routes, the load assignments of EDS clusters, and the DNS proxy's table. */
export function renderSidecar(view: ProxyView): Snapshot {
  const patches = preparePatchesFor(view);
  const clusters = patches.clusters(buildClusters(view));
  const listeners = patches.listeners(buildListeners(view));
  const routes = patches.routes(buildRouteConfigurations(view, referencedRouteNames(listeners)));
  patches.finish();
  return {
    clusters,
    listeners,
    routes,
    endpoints: buildLoadAssignments(view, clusters),
    nameTable: buildNameTable(view),
  };
}
