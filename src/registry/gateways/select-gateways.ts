import type { ServiceTarget } from '../../model/endpoint.ts';
import type { ResourceOf } from '../../model/resource.ts';
import { hasLabels } from '../labels.ts';
import { compareByCreation } from '../order.ts';
import type { ProxyView } from '../proxy-view.ts';

type Gateway = ResourceOf<'Gateway'>;

/** A Gateway that applies to a proxy, and where its ports are found there. */
export interface SelectedGateway {
  readonly gateway: Gateway;
  /** The ports at the workload for a port of the Gateway. */
  targetPorts(port: number): readonly number[];
}

/** On a Gateway that istiod made of one of the Gateway API: the services that stand for it. */
const serviceAnnotation = 'internal.istio.io/gateway-service';
const parentNamespaceAnnotation = 'internal.istio.io/parent-namespace';
/** On a Service: its ports are not those of Gateways. */
const keepsPortsLabel = 'experimental.istio.io/disable-gateway-port-translation';

/**
 * The Gateways whose selector matches the proxy, whatever their namespace, in the order of their creation.
 * Source: istio `pilot/pkg/model/push_context.go`, mergeGateways.
 */
export function selectGateways({ mesh, proxy, targets }: ProxyView): readonly SelectedGateway[] {
  return mesh.resources.Gateway.toSorted(compareByCreation).flatMap((gateway): readonly SelectedGateway[] => {
    const services = gateway.metadata.annotations[serviceAnnotation];
    if (services !== undefined) return selectByService(gateway, new Set(services.split(',')), targets);
    if (!hasLabels(proxy.labels, gateway.spec.selector ?? {})) return [];
    return [{ gateway, targetPorts: (port) => [translatePort(port, targets)] }];
  });
}

/** A selector finds workloads, not services: the first service with the port is taken, or else the port as it is. */
function translatePort(port: number, targets: readonly ServiceTarget[]): number {
  const target = targets.find(
    (candidate) => candidate.port.number === port && !(keepsPortsLabel in candidate.service.labels),
  );
  return target?.targetPort ?? port;
}

function selectByService(
  gateway: Gateway,
  hostnames: ReadonlySet<string>,
  targets: readonly ServiceTarget[],
): readonly SelectedGateway[] {
  const { annotations, namespace } = gateway.metadata;
  const owner = annotations[parentNamespaceAnnotation] || namespace;
  const own = targets.filter(({ service }) => hostnames.has(service.hostname) && service.namespace === owner);
  if (own.length === 0) return [];
  const targetPorts: SelectedGateway['targetPorts'] = (port) => [
    ...new Set(own.filter((target) => target.port.number === port).map(({ targetPort }) => targetPort)),
  ];
  return [{ gateway, targetPorts }];
}
