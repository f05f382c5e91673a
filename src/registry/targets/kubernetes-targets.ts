import type { ServiceTarget } from '../../model/endpoint.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import { findPodPort, serveKubernetesPort } from '../endpoints/kubernetes-endpoints.ts';
import type { Workload } from '../endpoints/workload.ts';
import { type Labels, selectsLabels } from '../labels.ts';
import { compareText } from '../order.ts';

type Pod = ResourceOf<'Pod'>;
export interface KubernetesService {
  readonly service: Service;
  readonly resource: ResourceOf<'Service'>;
}

/**
 * The ports of Kubernetes Services that a proxy serves: as the WorkloadEntry of its address, else as its pod, else as
 * the pod that its labels describe.
 * Source: istio `pilot/pkg/serviceregistry/kube/controller/controller.go`, GetProxyServiceTargets.
 */
export function findKubernetesTargets(
  proxy: Proxy,
  known: readonly KubernetesService[],
  endpoints: EndpointIndex,
  profile: Profile,
): readonly ServiceTarget[] {
  const workload = findWorkload(proxy, endpoints.workloadEntries);
  if (workload) return targetsOfWorkload(workload, selecting(known, workload.namespace, workload.facts.labels));
  const pod = findPod(proxy, endpoints);
  if (!pod) {
    const selected = selecting(known, proxy.namespace, proxy.labels);
    if (selected.length === 0 || !profile.findsTargetsByLabels) return [];
    return targetsOfPorts(selected, (port) => findPortOfProxy(port, readPodPorts(proxy.metadata['POD_PORTS'])));
  }
  const selected = selecting(known, pod.metadata.namespace, pod.metadata.labels);
  if (selected.length === 0) return targetsOfAddress(proxy, known, endpoints);
  const ports = (pod.spec.containers ?? []).flatMap((container) => container.ports ?? []);
  return targetsOfPorts(selected, (port) => findPodPort(port, ports));
}

function selecting(
  services: readonly KubernetesService[],
  namespace: string,
  labels: Labels,
): readonly KubernetesService[] {
  return services.filter(({ service }) => service.namespace === namespace && selectsLabels(service.selector, labels));
}

/** Of several entries of its address, the one of the proxy's own name, then one of its namespace. */
function findWorkload({ ips, name, namespace }: Proxy, workloads: readonly Workload[]): Workload | undefined {
  const sharing = workloads
    .filter(({ facts, needsResolution }) => !needsResolution && facts.addresses[0] === ips[0])
    .sort((left, right) => compareText(left.namespace, right.namespace) || compareText(left.name, right.name));
  return (
    sharing.find((workload) => workload.name === name && workload.namespace === namespace) ??
    sharing.find((workload) => workload.namespace === namespace) ??
    sharing[0]
  );
}

/** The pod that the proxy runs in. By default istiod looks for its name alone, not for its address. */
export function findPod({ name, namespace }: Proxy, { pods }: Pick<EndpointIndex, 'pods'>): Pod | undefined {
  return pods.find(namespace, name);
}

function targetsOfWorkload(workload: Workload, services: readonly KubernetesService[]): readonly ServiceTarget[] {
  return services
    .filter(({ service }) => service.resolution === 'client-side')
    .flatMap(({ service, resource }) =>
      service.ports
        .filter(({ protocol }) => protocol !== 'UDP')
        .flatMap((port) => {
          const endpoint = serveKubernetesPort(workload, port, resource);
          return endpoint ? [{ service, port, targetPort: endpoint.port }] : [];
        }),
    );
}

type FindPort = (port: NonNullable<ResourceOf<'Service'>['spec']['ports']>[number]) => number | undefined;

/** Ports of one service that lead to one port of the workload, by one protocol, count once. */
function targetsOfPorts(services: readonly KubernetesService[], findPort: FindPort): readonly ServiceTarget[] {
  return services.flatMap(({ service, resource }) => {
    const byTarget = new Map<string, ServiceTarget>();
    for (const listed of resource.spec.ports ?? []) {
      const port = service.ports.find(({ name }) => name === (listed.name ?? ''));
      const targetPort = findPort(listed);
      if (!port || targetPort === undefined) continue;
      const key = `${targetPort} ${port.protocol}`;
      if (!byTarget.has(key)) byTarget.set(key, { service, port, targetPort });
    }
    return [...byTarget.values()];
  });
}

/** Pods that no selector finds may still be listed by hand in the slices of their namespace. */
function targetsOfAddress(
  { ips, namespace }: Proxy,
  services: readonly KubernetesService[],
  endpoints: EndpointIndex,
): readonly ServiceTarget[] {
  return services
    .filter(({ service }) => service.namespace === namespace)
    .flatMap(({ service }) =>
      service.ports.flatMap((port) =>
        endpoints
          .endpointsOf(service, port)
          .filter(({ workload }) => workload.addresses[0] === ips[0])
          .map((endpoint) => ({ service, port, targetPort: endpoint.port })),
      ),
    );
}

type PodPort = { readonly name?: string; readonly containerPort?: number; readonly protocol?: string };

/** Without a list of the pod's ports, a named target port counts as 0. */
function findPortOfProxy(port: Parameters<FindPort>[0], podPorts: readonly PodPort[]): number | undefined {
  if (podPorts.length > 0) return findPodPort(port, podPorts);
  return typeof port.targetPort === 'number' ? port.targetPort : Number.parseInt(port.targetPort ?? '', 10) || 0;
}

/** The injector hands the ports over as JSON in a string. */
function readPodPorts(value: unknown): readonly PodPort[] {
  if (typeof value !== 'string') return Array.isArray(value) ? (value as readonly PodPort[]) : [];
  try {
    const ports: unknown = JSON.parse(value);
    return Array.isArray(ports) ? (ports as readonly PodPort[]) : [];
  } catch {
    return [];
  }
}
