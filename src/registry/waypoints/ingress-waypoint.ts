import type { Service } from '../../model/service.ts';
import { readBoolean } from '../features.ts';
import type { Labels } from '../labels.ts';
import type { Mesh } from '../mesh.ts';
import { listAmbientServices } from './ambient-services.ts';
import { addressOfChoice, indexWaypoints } from './choose-waypoint.ts';
import type { WaypointAddress } from './read-waypoints.ts';

const ingressLabel = 'istio.io/ingress-use-waypoint';

/**
 * The host name of the waypoint that gateways send a service's traffic to: they only do where a label of the service, or
 * of its namespace, asks for it. Source: istio `pilot/pkg/serviceregistry/ambient/sidecar_interop.go`, ServicesWithWaypoint.
 */
export function indexIngressWaypoints(mesh: Mesh): (service: Service) => string | undefined {
  const { KubernetesGateway: gateways, Namespace: namespaces } = mesh.resources;
  const chooseWaypoint = indexWaypoints(gateways, namespaces);
  const labelsOfNamespace = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels]));
  const origins = new Map(
    listAmbientServices(mesh).map(({ hostname, origin }) => [`${origin.metadata.namespace}/${hostname}`, origin]),
  );
  return ({ hostname, namespace }) => {
    const labels = origins.get(`${namespace}/${hostname}`)?.metadata.labels;
    if (!labels || !isAsked(labels, labelsOfNamespace.get(namespace))) return undefined;
    const address = addressOfChoice(chooseWaypoint({ namespace, labels }, 'service'));
    return address && hostnameOf(mesh, address);
  };
}

function isAsked(labels: Labels, ofNamespace: Labels = {}): boolean {
  return readBoolean(labels[ingressLabel] ?? ofNamespace[ingressLabel]) ?? false;
}

function hostnameOf({ services }: Mesh, address: WaypointAddress): string | undefined {
  if (address.kind === 'hostname') return address.hostname;
  const { ip } = address;
  return services.find(({ addresses, allocatedAddresses }) => [...addresses, ...allocatedAddresses].includes(ip))
    ?.hostname;
}
