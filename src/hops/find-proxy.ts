import type { Manifest } from '../manifests/read-manifests.ts';
import type { ProxyScenario } from '../model/scenario.ts';
import type { Mesh } from '../registry/mesh.ts';

type Labels = Readonly<Record<string, string>>;

/** A workload of the mesh, as far as it tells whether it is a gateway. */
interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly labels: Labels;
  readonly serviceAccount?: string;
}

/** The gateway or waypoint that runs at an address; absent where nothing says that one does. */
export function findProxyAt(mesh: Mesh, address: string): ProxyScenario | undefined {
  const workload = workloadAt(mesh, address);
  return workload && proxyOf(mesh, workload);
}

/**
 * The gateway behind the Service `namespace/name`, as if one of its pods had the address: istiod looks for the pod of a
 * gateway to know its Services.
 */
export function findProxyBehind(mesh: Mesh, service: string, address: string): ProxyBehind | undefined {
  const found = mesh.resources.Service.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === service);
  if (!found) return undefined;
  const { name, namespace } = found.metadata;
  const labels = found.spec.selector ?? {};
  return {
    proxy: routerOf({ name, namespace, labels, ip: address }),
    pod: podAt({ name, namespace, labels, ip: address }),
  };
}

export interface ProxyBehind {
  readonly proxy: ProxyScenario;
  /** The pod that the manifests lack. */
  readonly pod: Manifest;
}

function podAt({ name, namespace, labels, ip }: Workload): Manifest {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: 'istio-proxy' }] },
    status: { podIP: ip, podIPs: [{ ip }], phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  };
  return { file: `pod of ${namespace}/${name}`, text: JSON.stringify(pod) };
}

function workloadAt({ resources }: Mesh, address: string): Workload | undefined {
  const pod = resources.Pod.find(({ status }) => status?.podIP === address);
  if (pod) {
    const { name, namespace, labels } = pod.metadata;
    const { serviceAccountName } = pod.spec;
    return { name, namespace, labels, ip: address, ...(serviceAccountName && { serviceAccount: serviceAccountName }) };
  }
  const entry = resources.WorkloadEntry.find(({ spec }) => spec.address === address);
  if (!entry) return undefined;
  const { name, namespace, labels } = entry.metadata;
  return { name, namespace, labels: { ...labels, ...entry.spec.labels }, ip: address };
}

function proxyOf({ resources }: Mesh, workload: Workload): ProxyScenario | undefined {
  const { labels } = workload;
  const gateway = labels['gateway.networking.k8s.io/gateway-name'];
  const isWaypoint = resources.KubernetesGateway.some(
    ({ metadata, spec }) =>
      metadata.name === gateway &&
      metadata.namespace === workload.namespace &&
      spec.gatewayClassName === 'istio-waypoint',
  );
  if (isWaypoint) return { ...routerOf(workload), type: 'waypoint' };
  const isGateway = resources.Gateway.some(({ spec }) => {
    const selector = spec.selector ?? {};
    return Object.keys(selector).length > 0 && isSelected(labels, selector);
  });
  return isGateway ? routerOf(workload) : undefined;
}

function routerOf(workload: Workload): ProxyScenario {
  return { type: 'router', ...workload };
}

function isSelected(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
