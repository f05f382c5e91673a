import { crossesNetworks, type WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import type { Listener } from '../../../xds/types.ts';
import { buildConnectOriginate } from '../outbound/connect-originate.ts';
import { buildConnectTerminate } from './connect-terminate.ts';
import { buildInnerConnectOriginate, buildOuterConnectOriginate } from './double-tunnel.ts';
import { buildMainInternal } from './main-internal.ts';
import { buildWaypointContext } from './waypoint-context.ts';

/**
 * A waypoint ends tunnels, looks at what comes out of them, and opens tunnels to where it goes on.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInbound.
 */
export function buildWaypointListeners(view: WaypointView): readonly Listener[] {
  const context = buildWaypointContext(view);
  return [
    buildConnectTerminate(context),
    buildMainInternal(context),
    buildConnectOriginate(context, 'waypoint'),
    ...(crossesNetworks(view) ? [buildInnerConnectOriginate(context), buildOuterConnectOriginate(context)] : []),
  ];
}
