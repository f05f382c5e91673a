import type { PolicyTargetReference } from '../model/istio/selector.ts';
import type { Metadata } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { ProxyView } from './proxy-view.ts';

export interface AttachmentTarget extends Pick<ProxyView, 'mesh' | 'proxy'> {
  /** The service that a waypoint takes traffic for; absent for traffic to single workloads. */
  readonly service?: Service;
}

interface Policy {
  readonly metadata: Metadata;
  readonly spec: { readonly targetRef?: PolicyTargetReference; readonly targetRefs?: readonly PolicyTargetReference[] };
}

/** Proxies that stand for a Gateway of the Kubernetes Gateway API: policies are attached to them by reference. */
export function isKubernetesGateway({ labels }: ProxyView['proxy']): boolean {
  return labels[gatewayNameLabel] !== undefined;
}

const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';

/**
 * Whether a resource is attached to such a proxy: by naming its Gateway, or for a waypoint its service or, from the root
 * namespace, the class of all waypoints. Source: istio `pilot/pkg/model/policyattachment.go`, ShouldAttachPolicy.
 */
export function attachesByReference({ metadata, spec }: Policy, target: AttachmentTarget): boolean {
  const references = spec.targetRefs?.length ? spec.targetRefs : spec.targetRef ? [spec.targetRef] : [];
  return references.some((reference) => pointsAt(reference, metadata.namespace, target));
}

function pointsAt(reference: PolicyTargetReference, namespace: string, target: AttachmentTarget): boolean {
  const { mesh, proxy, service } = target;
  const { name = '' } = reference;
  switch (kindOf(reference)) {
    case '/Service':
      return service?.registry === 'Kubernetes' && isOrigin(service, namespace, name);
    case 'networking.istio.io/ServiceEntry':
      return service?.registry === 'External' && isOrigin(service, namespace, name);
    case 'gateway.networking.k8s.io/GatewayClass':
      return proxy.type === 'waypoint' && namespace === mesh.rootNamespace && name === 'istio-waypoint';
    case 'gateway.networking.k8s.io/Gateway': {
      const { namespace: referred = '' } = reference;
      const isOwn = namespace === proxy.namespace && (referred === '' || referred === proxy.namespace);
      return isOwn && name === proxy.labels[gatewayNameLabel];
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
