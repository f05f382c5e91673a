import type { Listener } from '../../../xds/types.ts';
import { originalDestination } from '../listener-filters.ts';
import { byAddress } from './chain-matchers.ts';
import { listServedPorts } from './served-ports.ts';
import { buildServiceChains, matchService } from './service-chains.ts';
import type { WaypointContext } from './waypoint-context.ts';
import { waypointInspectors } from './waypoint-inspectors.ts';
import { buildWorkloadChains, matchWorkloads } from './workload-chains.ts';

/**
 * Takes what comes out of the tunnels, and tells by address and port whom it was meant for.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInternal.
 */
export function buildMainInternal(context: WaypointContext): Listener {
  const { view, telemetry } = context;
  const served = view.attachedServices.map((service) => listServedPorts(view, service));
  const ports = served.flat();
  const rules = view.attachedServices.flatMap((service, index) => matchService(context, service, served[index] ?? []));
  const { listener: accessLog } = telemetry.waypoint.accessLogs;
  return {
    name: 'main_internal',
    internalListener: {},
    listenerFilters: [originalDestination, ...waypointInspectors(view, ports)],
    trafficDirection: 'INBOUND',
    filterChains: [...ports.flatMap((port) => buildServiceChains(context, port)), ...buildWorkloadChains(context)],
    filterChainMatcher: byAddress([...rules, ...matchWorkloads(context)]),
    ...(accessLog.length > 0 && { accessLog }),
  };
}
