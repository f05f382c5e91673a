import type { Endpoint } from '../../model/endpoint.ts';
import type { KubernetesServicePort } from '../../model/istio/kubernetes.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import { selectsLabels } from '../labels.ts';
import { compareText } from '../order.ts';
import type { Workload } from './workload.ts';

/**
 * The WorkloadEntries that a Kubernetes Service selects beside its pods, port by port.
 * Source: istio `pilot/pkg/serviceregistry/kube/controller/controller.go`, collectWorkloadInstanceEndpoints.
 */
export function selectWorkloadEntries(
  service: Service,
  resource: ResourceOf<'Service'>,
  workloads: readonly Workload[],
): readonly Endpoint[] {
  if (service.resolution !== 'client-side') return [];
  const selected = workloads
    .filter(({ facts, needsResolution }) => !needsResolution && selectsLabels(service.selector, facts.labels))
    .toSorted((left, right) => compareText(left.name, right.name));
  return service.ports.flatMap((port) =>
    selected.flatMap((workload) => {
      const endpoint = serveKubernetesPort(workload, port, resource);
      return endpoint ? [endpoint] : [];
    }),
  );
}

/** A workload as one port of a Kubernetes Service; nothing where the port's target is a name that it does not have. */
export function serveKubernetesPort(
  { facts, ports }: Workload,
  port: Port,
  { spec }: ResourceOf<'Service'>,
): Endpoint | undefined {
  const target = (spec.ports ?? []).find(({ name = '', port: number }) => name === port.name || number === port.number);
  const targetPort = target?.targetPort ?? 0;
  const named = (name: string): number => (Object.hasOwn(ports, name) ? (ports[name] ?? 0) : 0);
  if (typeof targetPort === 'number') {
    const own = targetPort > 0 ? named(target?.name ?? '') : 0;
    return { workload: facts, portName: port.name, port: own || targetPort || port.number };
  }
  const own = named(targetPort);
  return own === 0 ? undefined : { workload: facts, portName: port.name, port: own };
}

/** A port's number at a pod; nothing where its target is a name that no container port has. */
export function findPodPort(
  { protocol, targetPort = 0 }: KubernetesServicePort,
  podPorts: readonly { readonly name?: string; readonly containerPort?: number; readonly protocol?: string }[],
): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  const found = podPorts.find((port) => port.name === targetPort && port.protocol === protocol);
  return found && (found.containerPort ?? 0);
}
