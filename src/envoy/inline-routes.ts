import { typeUrls } from '../xds/type-urls.ts';
import type { Listener, RouteConfiguration } from '../xds/types.ts';
import { mapObjects, without } from './map-objects.ts';
import type { ReportOmission } from './omission.ts';

/** Puts route configurations where a listener asks for them by name. One that is not there becomes an empty one: it answers 404. */
export function inlineRoutes(
  listener: Listener,
  routes: ReadonlyMap<string, RouteConfiguration>,
  report: ReportOmission,
): Listener {
  return mapObjects(listener, (object) => {
    if (object['@type'] !== typeUrls.httpConnectionManager || !object.rds) return object;
    const { routeConfigName: name = '' } = object.rds as { readonly routeConfigName?: string };
    const route = routes.get(name);
    if (!route)
      report({
        resource: `listener ${listener.name}`,
        part: `route ${name}`,
        reason: 'it is not there: requests get 404',
      });
    // Over xDS a route may name a cluster that is missing, and answers 503 then; in a static one Envoy would refuse it.
    return { ...without(object, 'rds'), routeConfig: { ...(route ?? { name }), validateClusters: false } };
  });
}
