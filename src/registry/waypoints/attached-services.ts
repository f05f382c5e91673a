import { referenceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Mesh } from '../mesh.ts';
import { orderServices } from '../services/order-services.ts';
import { firstOfNamespace } from '../sidecar-scope/import-destinations.ts';
import type { AmbientService } from './ambient-services.ts';
import { addressOfChoice, type ChooseWaypoint, isMeshGateway } from './choose-waypoint.ts';
import type { WaypointAddress } from './read-waypoints.ts';

/**
 * The services whose traffic goes through the waypoint that the addresses are of, in istiod's order.
 * Source: istio `pilot/pkg/networking/core/waypoint.go`, findWaypointResources.
 */
export function listAttachedServices(
  mesh: Mesh,
  ambientServices: readonly AmbientService[],
  isAttached: (address: WaypointAddress) => boolean,
  chooseWaypoint: ChooseWaypoint,
): readonly Service[] {
  const attached = new Map<string, Service>();
  for (const { hostname, origin } of ambientServices) {
    const { namespace, labels } = origin.metadata;
    const address = addressOfChoice(chooseWaypoint({ namespace, labels }, 'service'));
    if (!address || !isAttached(address) || isMeshGateway(selectorOf(origin))) continue;
    const sharing = (mesh.servicesByHostname.get(hostname) ?? []).filter((service) => service.namespace === namespace);
    const service = firstOfNamespace(sharing);
    if (service && isSupported(service, mesh)) attached.set(hostname, service);
    else if (service) reportUnsupported(service, mesh);
  }
  return orderServices([...attached.values()]);
}

/** A dynamic forward proxy looks names up outside the mesh: for services inside it, it makes no sense. */
function isSupported({ resolution, meshExternal }: Service, { profile }: Mesh): boolean {
  return resolution !== 'dynamic-dns' || meshExternal || !profile.waypointsLeaveOutInternalDynamicDns;
}

function reportUnsupported({ origin, hostname }: Service, { report }: Mesh): void {
  report({
    code: 'dynamic-dns-inside-mesh',
    severity: 'warning',
    message: `The waypoint gets nothing for ${hostname}: names of a DYNAMIC_DNS entry are looked up outside the mesh. Set spec.location to MESH_EXTERNAL.`,
    resource: referenceOf(origin),
    path: 'spec.location',
  });
}

function selectorOf(origin: Service['origin']): Readonly<Record<string, string>> {
  return (origin.kind === 'Service' ? origin.spec.selector : origin.spec.workloadSelector?.labels) ?? {};
}
