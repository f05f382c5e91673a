import { mergeGateways } from '../registry/gateways/merge-gateways.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { buildGatewayClusters } from '../translation/clusters/gateway/build-gateway-clusters.ts';
import { buildLoadAssignments } from '../translation/endpoints/build-load-assignments.ts';
import { buildGatewayListeners } from '../translation/listeners/gateway/build-gateway-listeners.ts';
import { buildGatewayRoutes } from '../translation/routes/gateway/build-gateway-routes.ts';
import { referencedRouteNames } from '../xds/referenced-route-names.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { preparePatchesFor } from './proxy-patches.ts';

/**
 * What istiod sends a gateway: listeners and routes for the servers of the Gateways that select it, and clusters for all
 * services it sees. There is no DNS proxy beside a gateway, so that its name table is empty.
 */
export function renderGateway(view: ProxyView): Snapshot {
  const gateway = mergeGateways(view);
  const patches = preparePatchesFor(view, gateway);
  const clusters = patches.clusters(buildGatewayClusters(view, gateway));
  const listeners = patches.listeners(buildGatewayListeners(view, gateway));
  const routes = patches.routes(buildGatewayRoutes(view, gateway, referencedRouteNames(listeners)));
  patches.finish();
  return {
    clusters,
    listeners,
    routes,
    endpoints: buildLoadAssignments(view, clusters),
    nameTable: { table: {} },
  };
}
