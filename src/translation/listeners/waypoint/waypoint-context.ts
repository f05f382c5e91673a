import type { Service } from '../../../model/service.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import { indexServiceTelemetry } from '../../http/telemetry/build-telemetry.ts';
import { buildRouteContext } from '../../routes/route-context.ts';
import type { WaypointRouteContext } from '../../routes/waypoint/waypoint-route-configuration.ts';
import { buildListenerContext, type ListenerContext } from '../listener-context.ts';

/** What the listeners of one waypoint share. */
export interface WaypointContext extends ListenerContext {
  readonly view: WaypointView;
  readonly routes: WaypointRouteContext;
  /** The same, with the telemetry of a service. */
  forService(service: Service): WaypointContext;
}

export function buildWaypointContext(view: WaypointView): WaypointContext {
  const shared = buildListenerContext(view);
  const telemetryOf = indexServiceTelemetry(view, shared.proxyConfig);
  const context: WaypointContext = {
    ...shared,
    view,
    routes: { ...buildRouteContext(view, 'waypoint'), view },
    forService: (service) => ({
      ...context,
      telemetry: { ...shared.telemetry, waypoint: telemetryOf(service) },
    }),
  };
  return context;
}
