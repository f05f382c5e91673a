import type { L4MatchAttributes, RouteDestination, TLSMatchAttributes } from '../../../model/istio/virtual-service.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { waypointVirtualServices } from './waypoint-virtual-services.ts';

/**
 * Where connections to a port of a service go instead of to the service: as the first tls rule says that is for the
 * service's very name, or else the first tcp rule. None where no rule is for the port.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, getWaypointTCPRoutes.
 */
export function waypointTcpRoutes(view: ProxyView, service: Service, port: number): readonly RouteDestination[] {
  const specs = waypointVirtualServices(view, service).map(({ spec }) => spec);
  // A waypoint does not look at server names: a rule for several of them, or for others, cannot be followed.
  const namesService = ({ sniHosts = [] }: TLSMatchAttributes): boolean =>
    sniHosts.length === 1 && sniHosts[0] === service.hostname;
  for (const { tls = [] } of specs) {
    const rule = tls.find(({ match = [] }) => holds(match, (one) => namesService(one) && isForAnyone(one, port)));
    if (rule?.route) return rule.route;
  }
  for (const { tcp = [] } of specs) {
    const rule = tcp.find(({ match = [] }) => holds(match, (one) => isForAnyone(one, port)));
    if (rule?.route) return rule.route;
  }
  return [];
}

function holds<T>(match: readonly T[], isMet: (one: T) => boolean): boolean {
  return match.length === 0 || match.some(isMet);
}

/** Where a connection comes from does not show here: conditions that ask for it never hold. */
function isForAnyone(match: TLSMatchAttributes | L4MatchAttributes, port: number): boolean {
  const { gateways = [], sourceLabels = {}, sourceNamespace = '' } = match;
  return (
    (gateways.length === 0 || gateways.includes('mesh')) &&
    Object.keys(sourceLabels).length === 0 &&
    sourceNamespace === '' &&
    (!match.port || match.port === port)
  );
}
