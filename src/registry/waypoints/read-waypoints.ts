import { isIpAddress } from '../../model/ip-address.ts';
import type { KubernetesGatewayListener } from '../../model/istio/kubernetes.ts';
import { type ResourceOf, resourceKey } from '../../model/resource.ts';
import type { Labels } from '../labels.ts';

type Gateway = ResourceOf<'KubernetesGateway'>;

/** Where the mesh finds a waypoint: the Service of that name in the waypoint's namespace, or the Service of that address. */
export type WaypointAddress =
  | { readonly kind: 'hostname'; readonly namespace: string; readonly hostname: string }
  | { readonly kind: 'ip'; readonly ip: string };

/** A Gateway that is ready to take traffic for services, workloads or both. */
export interface Waypoint {
  readonly namespace: string;
  readonly name: string;
  /** Absent where the status lists no address of a known type: nothing finds its way there. */
  readonly address?: WaypointAddress;
  /** `service`, `workload`, `all`, or a value that stands for nothing. */
  readonly trafficType: string;
  /** Whether objects of a namespace may use the waypoint. */
  allows(namespace: string, labels: Labels): boolean;
}

export type Waypoints = ReadonlyMap<string, Waypoint>;

/** What a Gateway takes where neither it nor its class says so. */
const defaultTrafficType = 'service';

/**
 * The waypoints by namespace/name. A Gateway whose status has no address is not ready, so that it counts for nothing.
 * Source: istio `pilot/pkg/serviceregistry/ambient/waypoints.go`, gatewayToWaypointTransform.
 */
export function readWaypoints(gateways: readonly Gateway[]): Waypoints {
  const ready = gateways.filter(({ status }) => status.addresses?.length);
  return new Map(ready.map((gateway) => [resourceKey(gateway.metadata), readWaypoint(gateway)]));
}

function readWaypoint(gateway: Gateway): Waypoint {
  const { namespace, name, labels } = gateway.metadata;
  const address = readAddress(gateway);
  return {
    namespace,
    name,
    ...(address && { address }),
    trafficType: labels['istio.io/waypoint-for'] ?? defaultTrafficType,
    allows: readAllowedNamespaces(namespace, findListener(gateway)),
  };
}

/** Names before addresses: the name of a Service is unique, its addresses may change hands. */
function readAddress({ metadata: { namespace }, status }: Gateway): WaypointAddress | undefined {
  const ofType = (wanted: string): readonly string[] =>
    (status.addresses ?? []).filter(({ type }) => type === wanted).map(({ value = '' }) => value);
  const [hostname] = ofType('Hostname');
  if (hostname !== undefined) return { kind: 'hostname', namespace, hostname };
  const ip = ofType('IPAddress').find(isIpAddress);
  return ip === undefined ? undefined : { kind: 'ip', ip };
}

const bindingAnnotation = 'ambient.istio.io/waypoint-inbound-binding';

/** The listener that says who may attach: the one an annotation binds the waypoint to, else the HBONE listener. */
function findListener({ metadata, spec }: Gateway): KubernetesGatewayListener | undefined {
  const listeners = spec.listeners ?? [];
  const [, protocol, port] = /^(NONE|PROXY)(?:\/(\d+))?$/.exec(metadata.annotations[bindingAnnotation] ?? '') ?? [];
  const isBound = (listener: KubernetesGatewayListener): boolean => {
    if (Number(port ?? 0) !== 0) return listener.port === Number(port);
    return protocol === 'PROXY' && listener.protocol === 'istio.io/PROXY';
  };
  return (
    listeners.find(isBound) ?? listeners.find((listener) => listener.protocol === 'HBONE' && listener.port === 15_008)
  );
}

interface AllowedNamespaces {
  readonly from?: string;
  readonly selector?: LabelSelector;
}

interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key?: string;
    readonly operator?: string;
    readonly values?: readonly string[];
  }[];
}

/** `allowedRoutes.namespaces` of the listener: its own namespace only, unless it says otherwise. */
function readAllowedNamespaces(
  ownNamespace: string,
  listener: KubernetesGatewayListener | undefined,
): Waypoint['allows'] {
  const allowed = (listener?.allowedRoutes as { readonly namespaces?: AllowedNamespaces } | undefined)?.namespaces;
  switch (allowed?.from) {
    case 'All':
      return () => true;
    case 'Selector':
      return (_, labels) => allowed.selector !== undefined && selects(allowed.selector, labels);
    default:
      return (namespace) => namespace === ownNamespace;
  }
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key = '', operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
