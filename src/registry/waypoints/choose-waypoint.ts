import type { ResourceOf } from '../../model/resource.ts';
import type { Labels } from '../labels.ts';
import { readWaypoints, type Waypoint } from './read-waypoints.ts';

/** What asks for a waypoint: a Service, a ServiceEntry or a workload. */
export interface WaypointUser {
  readonly namespace: string;
  readonly labels: Labels;
}

export type Traffic = 'service' | 'workload';

/** Finds the waypoint that takes the traffic of an object. */
export type ChooseWaypoint = (user: WaypointUser, traffic: Traffic) => Waypoint | undefined;

/** Istio labels what its own gateway controllers deploy: waypoints and east-west gateways have no waypoint themselves. */
export const managedLabel = 'gateway.istio.io/managed';
export const waypointController = 'istio.io-mesh-controller';
const eastWestController = 'istio.io-eastwest-controller';

/** The Gateway that a workload, Service or proxy is an instance of. */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';

export function isMeshGateway(labels: Labels): boolean {
  return labels[managedLabel] === waypointController || labels[managedLabel] === eastWestController;
}

/**
 * The label `istio.io/use-waypoint` of an object counts, else that of its namespace; `none` opts out. A label that
 * leads nowhere does not fall back to the namespace's.
 * Source: istio `pilot/pkg/serviceregistry/ambient/waypoints.go`, fetchWaypointForTarget.
 */
export function indexWaypoints(
  gateways: readonly ResourceOf<'KubernetesGateway'>[],
  namespaces: readonly ResourceOf<'Namespace'>[],
): ChooseWaypoint {
  const waypoints = readWaypoints(gateways);
  const labelsOfNamespace = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels]));
  return ({ namespace, labels }, traffic) => {
    if (traffic === 'service' && isMeshGateway(labels)) return undefined;
    // An instance of a waypoint does not send its own traffic through one.
    if (traffic === 'workload' && waypoints.has(`${namespace}/${labels[gatewayNameLabel] ?? ''}`)) return undefined;
    const ofNamespace = labelsOfNamespace.get(namespace) ?? {};
    const named = nameWaypoint(labels, namespace) ?? nameWaypoint(ofNamespace, namespace);
    const waypoint = named === undefined ? undefined : waypoints.get(named);
    if (!waypoint?.allows(namespace, ofNamespace)) return undefined;
    return waypoint.trafficType === traffic || waypoint.trafficType === 'all' ? waypoint : undefined;
  };
}

/** namespace/name; empty where the label opts out, absent where there is none. */
function nameWaypoint(labels: Labels, ownNamespace: string): string | undefined {
  const name = labels['istio.io/use-waypoint'];
  if (name === undefined) return undefined;
  return name === 'none' ? '' : `${labels['istio.io/use-waypoint-namespace'] ?? ownNamespace}/${name}`;
}
