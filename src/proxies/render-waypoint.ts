import type { ProxyView } from '../registry/proxy-view.ts';
import { scopeWaypoint } from '../registry/waypoints/waypoint-view.ts';
import { buildWaypointClusters } from '../translation/clusters/waypoint/build-waypoint-clusters.ts';
import { buildLoadAssignments } from '../translation/endpoints/build-load-assignments.ts';
import { buildWaypointListeners } from '../translation/listeners/waypoint/build-waypoint-listeners.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { preparePatchesFor } from './proxy-patches.ts';

/**
 * What istiod sends a waypoint: listeners for the tunnels of an ambient mesh and for what they carry, and clusters for the
 * services behind it. Its routes stand inside the listeners, and no DNS proxy runs beside it.
 */
export function renderWaypoint(seen: ProxyView): Snapshot {
  const view = scopeWaypoint(seen);
  const patches = preparePatchesFor(view);
  const clusters = patches.clusters(buildWaypointClusters(view));
  const listeners = patches.listeners(buildWaypointListeners(view));
  patches.finish();
  return {
    clusters,
    listeners,
    routes: [],
    endpoints: buildLoadAssignments(view, clusters),
    nameTable: { table: {} },
  };
}
