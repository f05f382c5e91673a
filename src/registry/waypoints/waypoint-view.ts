import type { Service } from '../../model/service.ts';
import type { ProxyView } from '../proxy-view.ts';
import { listAmbientServices } from './ambient-services.ts';
import { type AmbientWorkload, listAmbientWorkloads, localNetwork } from './ambient-workloads.ts';
import { listAttachedServices } from './attached-services.ts';
import { listAttachedWorkloads } from './attached-workloads.ts';
import { indexWaypoints, managedLabel, waypointController } from './choose-waypoint.ts';
import type { WaypointAddress } from './read-waypoints.ts';

/** What a waypoint sees of the mesh, and what of it sends its traffic through the waypoint. */
export interface WaypointView extends ProxyView {
  /** The services whose traffic the waypoint takes, one for each host, in istiod's order. */
  readonly attachedServices: readonly Service[];
  /** The workloads whose own traffic it takes, in istiod's order. */
  readonly attachedWorkloads: readonly AmbientWorkload[];
  isAttached(hostname: string): boolean;
}

export function scopeWaypoint(view: ProxyView): WaypointView {
  const { mesh } = view;
  const { KubernetesGateway: gateways, Namespace: namespaces } = mesh.resources;
  const chooseWaypoint = indexWaypoints(gateways, namespaces);
  const isAttached = recogniseAddress(view);
  if (!mesh.features.ambient) reportMissingFeature(view);
  // Without ambient mode istiod keeps no index of who uses which waypoint.
  const services = mesh.features.ambient ? listAmbientServices(mesh) : [];
  const workloads = mesh.features.ambient ? listAmbientWorkloads(mesh, services) : [];
  const attachedServices = listAttachedServices(mesh, services, isAttached, chooseWaypoint);
  const hostnames = new Set(attachedServices.map(({ hostname }) => hostname));
  return {
    ...view,
    attachedServices,
    attachedWorkloads: listAttachedWorkloads(workloads, isAttached, chooseWaypoint),
    isAttached: (hostname) => hostnames.has(hostname),
  };
}

function reportMissingFeature({ mesh }: ProxyView): void {
  mesh.report({
    code: 'waypoint-without-ambient',
    severity: 'error',
    message:
      'istiod has services use waypoints only where it runs with PILOT_ENABLE_AMBIENT=true: this waypoint gets none. Set the variable among the features of the scenario.',
  });
}

/**
 * Whether the waypoint may open tunnels to other networks: one that Istio's own controller deployed, which marks what it
 * makes. Source: istio `pilot/pkg/model/context.go`, ShouldCreateDoubleHBONEResources.
 */
export function crossesNetworks({ mesh, proxy }: WaypointView): boolean {
  return mesh.features.ambient && proxy.labels[managedLabel] === waypointController;
}

/**
 * A waypoint is known by the Services that it serves: their names in its own namespace, or their addresses.
 * Source: istio `pilot/pkg/model/service.go`, WaypointKeyForProxy.
 */
function recogniseAddress({ mesh, proxy, targets }: ProxyView): (address: WaypointAddress) => boolean {
  const services = targets.map(({ service }) => service);
  const hostnames = new Set(services.map(({ hostname }) => hostname));
  const ips = new Set(services.flatMap(addressesOf));
  const meshNetwork = localNetwork(mesh);
  return (address) => {
    if (address.kind === 'hostname') return address.namespace === proxy.namespace && hostnames.has(address.hostname);
    return meshNetwork === proxy.network && ips.has(address.ip);
  };
}

function addressesOf({ registry, addresses, allocatedAddresses }: Service): readonly string[] {
  if (allocatedAddresses.length > 0) return allocatedAddresses;
  return registry === 'Kubernetes' ? addresses : [];
}
