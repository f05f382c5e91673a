import { hostnamesMatch } from '../../../model/hostname.ts';
import type { HTTPRoute } from '../../../model/istio/virtual-service.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView, SelectedVirtualService } from '../../../registry/proxy-view.ts';

/**
 * The VirtualServices that a waypoint follows for a service: all whose hosts overlap with it, of the service's namespace
 * and the waypoint's own. Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, getVirtualServiceForWaypoint.
 */
export function waypointVirtualServices(
  { egressListeners, proxy }: ProxyView,
  { hostname, namespace }: Service,
): readonly SelectedVirtualService[] {
  const [listener] = egressListeners;
  return (listener?.virtualServices ?? []).filter(({ metadata, spec }) => {
    const isNear = metadata.namespace === proxy.namespace || metadata.namespace === namespace;
    return isNear && (spec.hosts ?? []).some((host) => hostnamesMatch(host, hostname));
  });
}

/** Who the caller is does not show in its labels here: a waypoint leaves out what asks for them. */
export function withoutSourceLabels({ metadata, spec }: SelectedVirtualService): SelectedVirtualService {
  return { metadata, spec: { ...spec, http: (spec.http ?? []).flatMap(dropLabelled) } };
}

function dropLabelled(route: HTTPRoute): readonly HTTPRoute[] {
  const { match = [] } = route;
  const kept = match.filter(({ sourceLabels = {} }) => Object.keys(sourceLabels).length === 0);
  if (kept.length === match.length) return [route];
  return kept.length === 0 ? [] : [{ ...route, match: kept }];
}
