import { mergeGateways } from '../registry/gateways/merge-gateways.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { scopeWaypoint } from '../registry/waypoints/waypoint-view.ts';
import { buildClusters } from '../translation/clusters/build-clusters.ts';
import { buildGatewayClusters } from '../translation/clusters/gateway/build-gateway-clusters.ts';
import { buildWaypointClusters } from '../translation/clusters/waypoint/build-waypoint-clusters.ts';
import { buildLoadAssignments } from '../translation/endpoints/build-load-assignments.ts';
import { buildNameTable } from '../translation/names/build-name-table.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { preparePatchesFor } from './proxy-patches.ts';

/** Where a proxy's traffic can go; not how it gets there. */
export type Destinations = Pick<Snapshot, 'clusters' | 'endpoints' | 'nameTable'>;

/** The part of what one proxy gets that needs no listener and no route. */
export function renderDestinations(view: ProxyView): Destinations {
  switch (view.proxy.type) {
    case 'router': {
      const gateway = mergeGateways(view);
      const clusters = preparePatchesFor(view, gateway).clusters(buildGatewayClusters(view, gateway));
      return { clusters, endpoints: buildLoadAssignments(view, clusters), nameTable: { table: {} } };
    }
    case 'waypoint': {
      const scoped = scopeWaypoint(view);
      const clusters = preparePatchesFor(scoped).clusters(buildWaypointClusters(scoped));
      return { clusters, endpoints: buildLoadAssignments(scoped, clusters), nameTable: { table: {} } };
    }
    case 'sidecar': {
      const clusters = preparePatchesFor(view).clusters(buildClusters(view));
      return { clusters, endpoints: buildLoadAssignments(view, clusters), nameTable: buildNameTable(view) };
    }
  }
}
