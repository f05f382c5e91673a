import { isTls } from '../../../model/protocol.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';
import type { ListenerFilter } from '../../../xds/types.ts';
import { onPorts } from '../inbound/inbound-inspectors.ts';
import { httpInspector, tlsInspector } from '../listener-filters.ts';
import type { ServedPort } from './served-ports.ts';

/**
 * Switched off on ports that do without: an inspector delays protocols in which the server speaks first.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInternal.
 */
export function waypointInspectors(view: WaypointView, served: readonly ServedPort[]): readonly ListenerFilter[] {
  return [httpInspectorFor(view, served), ...tlsInspectors(view)];
}

/** Traffic to a single workload may be for any port. */
function httpInspectorFor({ attachedWorkloads }: WaypointView, served: readonly ServedPort[]): ListenerFilter {
  const kinds = new Map<number, ServedPort['traffic']>();
  for (const { port, traffic } of served) {
    const known = kinds.get(port.number) ?? traffic;
    kinds.set(port.number, known === traffic ? traffic : 'sniffed');
  }
  const certain = [...kinds].filter(([, traffic]) => traffic !== 'sniffed').map(([port]) => port);
  const predicate = attachedWorkloads.length === 0 ? onPorts(certain.sort((a, b) => a - b)) : undefined;
  return predicate ? { ...httpInspector, filterDisabled: predicate } : httpInspector;
}

/** Every port of the services counts here, also those that the waypoint does not serve. */
function tlsInspectors({ attachedServices }: WaypointView): readonly ListenerFilter[] {
  const ports = attachedServices.flatMap((service) => service.ports);
  const tls = new Set(ports.filter(({ protocol }) => isTls(protocol)).map(({ number }) => number));
  if (tls.size === 0) return [];
  const others = new Set(ports.map(({ number }) => number).filter((number) => !tls.has(number)));
  const predicate = onPorts([...others].sort((a, b) => a - b));
  return [predicate ? { ...tlsInspector, filterDisabled: predicate } : tlsInspector];
}
