import type { ResourceOf } from '../../model/resource.ts';
import type { Labels } from '../labels.ts';
import { readWaypoints, type Waypoint } from './read-waypoints.ts';

/** What asks for a waypoint: a Service, a ServiceEntry or a workload. */
export interface WaypointUser {
  readonly namespace: string;
  readonly labels: Labels;
}

export type Traffic = 'service' | 'workload';

export type WaypointChoice =
  /** Nobody asks for one. */
  | { readonly outcome: 'none' }
  /** There is no such Gateway, or it is not ready. */
  | { readonly outcome: 'unknown'; readonly name: string }
  /** It takes nothing from the namespace, or other traffic. */
  | { readonly outcome: 'refused'; readonly waypoint: Waypoint; readonly because: 'namespace' | 'traffic' }
  | { readonly outcome: 'chosen'; readonly waypoint: Waypoint };

/** Finds the waypoint that takes the traffic of an object. */
export type ChooseWaypoint = (user: WaypointUser, traffic: Traffic) => WaypointChoice;

/** Istio labels what its own gateway controllers deploy: waypoints and east-west gateways have no waypoint themselves. */
export const managedLabel = 'gateway.istio.io/managed';
export const waypointController = 'istio.io-mesh-controller';
const eastWestController = 'istio.io-eastwest-controller';

/** The Gateway that a workload, Service or proxy is an instance of. */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';

export const useWaypointLabel = 'istio.io/use-waypoint';

export function isMeshGateway(labels: Labels): boolean {
  return labels[managedLabel] === waypointController || labels[managedLabel] === eastWestController;
}

const none: WaypointChoice = { outcome: 'none' };

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
    if (traffic === 'service' && isMeshGateway(labels)) return none;
    // An instance of a waypoint does not send its own traffic through one.
    if (traffic === 'workload' && waypoints.has(`${namespace}/${labels[gatewayNameLabel] ?? ''}`)) return none;
    const ofNamespace = labelsOfNamespace.get(namespace) ?? {};
    const name = nameWaypoint(labels, namespace) ?? nameWaypoint(ofNamespace, namespace);
    if (!name) return none;
    const waypoint = waypoints.get(name);
    if (!waypoint) return { outcome: 'unknown', name };
    if (!waypoint.allows(namespace, ofNamespace)) return { outcome: 'refused', waypoint, because: 'namespace' };
    const takes = waypoint.trafficType === traffic || waypoint.trafficType === 'all';
    return takes ? { outcome: 'chosen', waypoint } : { outcome: 'refused', waypoint, because: 'traffic' };
  };
}

/** namespace/name; empty where the label opts out, absent where there is none. */
function nameWaypoint(labels: Labels, ownNamespace: string): string | undefined {
  const name = labels[useWaypointLabel];
  if (name === undefined) return undefined;
  return name === 'none' ? '' : `${labels['istio.io/use-waypoint-namespace'] ?? ownNamespace}/${name}`;
}

/** Where the waypoint is found; absent where none was chosen, or nothing finds its way there. */
export function addressOfChoice(choice: WaypointChoice): Waypoint['address'] {
  return choice.outcome === 'chosen' ? choice.waypoint.address : undefined;
}
