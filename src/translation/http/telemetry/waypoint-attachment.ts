import type { PolicyTargetReference } from '../../../model/istio/selector.ts';
import type { ResourceOf } from '../../../model/resource.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';

export interface WaypointTarget extends Pick<ProxyView, 'mesh' | 'proxy'> {
  /** The service that the waypoint takes traffic for; absent for traffic to single workloads. */
  readonly service?: Service;
}

/**
 * Whether a resource is attached to a waypoint: by naming its service, its Gateway, or from the root namespace the class
 * of all waypoints. Selectors mean nothing to a waypoint.
 * Source: istio `pilot/pkg/model/policyattachment.go`, ShouldAttachPolicy.
 */
export function attachesToWaypoint({ metadata, spec }: ResourceOf<'Telemetry'>, target: WaypointTarget): boolean {
  const references = spec.targetRefs?.length ? spec.targetRefs : spec.targetRef ? [spec.targetRef] : [];
  return references.some((reference) => pointsAt(reference, metadata.namespace, target));
}

function pointsAt(reference: PolicyTargetReference, namespace: string, target: WaypointTarget): boolean {
  const { mesh, proxy, service } = target;
  const { name = '' } = reference;
  switch (kindOf(reference)) {
    case '/Service':
      return service?.registry === 'Kubernetes' && isOrigin(service, namespace, name);
    case 'networking.istio.io/ServiceEntry':
      return service?.registry === 'External' && isOrigin(service, namespace, name);
    case 'gateway.networking.k8s.io/GatewayClass':
      return namespace === mesh.rootNamespace && name === 'istio-waypoint';
    case 'gateway.networking.k8s.io/Gateway': {
      const { namespace: referred = '' } = reference;
      const isOwn = namespace === proxy.namespace && (referred === '' || referred === proxy.namespace);
      return isOwn && name === proxy.labels['gateway.networking.k8s.io/gateway-name'];
    }
    default:
      return false;
  }
}

/** The core group may be called "core". */
function kindOf({ group = '', kind = '' }: PolicyTargetReference): string {
  return `${group === 'core' ? '' : group}/${kind}`;
}

function isOrigin({ origin }: Service, namespace: string, name: string): boolean {
  return origin.metadata.namespace === namespace && origin.metadata.name === name;
}
