import type { Endpoint, EndpointWorkload } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { EndpointConditions, SliceEndpoint } from '../../model/istio/kubernetes.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import { compareText } from '../order.ts';
import type { Pods } from './pods.ts';

type Slice = ResourceOf<'EndpointSlice'>;

/** Finds the slices of a Kubernetes Service by `namespace/name`. */
export function groupSlices(slices: readonly Slice[]): ReadonlyMap<string, readonly Slice[]> {
  // Slices may hold host names, which istiod does not know to use.
  const usable = slices.filter(({ spec }) => spec.addressType !== 'FQDN');
  return groupBy(usable, ({ metadata }) => `${metadata.namespace}/${metadata.labels['kubernetes.io/service-name']}`);
}

/**
 * The endpoints of a service's slices. An address that several slices list counts once for each port.
 * Source: istio `pilot/pkg/serviceregistry/kube/controller/endpointslice.go`, updateEndpointCacheForSlice.
 */
export function listSliceEndpoints(slices: readonly Slice[], service: Service, pods: Pods): readonly Endpoint[] {
  const ordered = slices.toSorted((left, right) => compareText(left.metadata.name, right.metadata.name));
  const byAddressAndPort = new Map<string, Endpoint>();
  for (const slice of ordered) {
    for (const endpoint of convertSlice(slice, service, pods)) {
      const key = `${endpoint.workload.addresses[0]} ${endpoint.portName}`;
      if (!byAddressAndPort.has(key)) byAddressAndPort.set(key, endpoint);
    }
  }
  return [...byAddressAndPort.values()];
}

function convertSlice({ metadata, spec }: Slice, service: Service, pods: Pods): readonly Endpoint[] {
  const ports = spec.ports ?? [];
  return (spec.endpoints ?? []).flatMap((listed) => {
    const health = healthOf(listed.conditions ?? {}, service);
    return (listed.addresses ?? []).flatMap((address) => {
      const pod = findPod(listed, address, metadata.namespace, pods);
      // The address of a pod that is not there, not yet or no longer, is of no use.
      if (pod === undefined && listed.targetRef?.kind === 'Pod') return [];
      const workload = { ...pods.describe(pod, address), health };
      return ports.map(({ name = '', port = 0 }) => ({ workload, portName: name, port }));
    });
  });
}

/** Without a reference it is a guess: the pod of that address in the slice's namespace. */
function findPod({ targetRef }: SliceEndpoint, address: string, namespace: string, pods: Pods) {
  if (targetRef?.kind === 'Pod') return pods.find(targetRef.namespace ?? '', targetRef.name ?? '');
  return pods.withAddress(address).find(({ metadata }) => metadata.namespace === namespace);
}

/** What a condition says where it is left out is not the same for all three. */
function healthOf(
  { ready, serving, terminating }: EndpointConditions,
  { labels }: Service,
): EndpointWorkload['health'] {
  if (ready ?? true) return 'healthy';
  const keepsSessions = Boolean(labels['istio.io/persistent-session'] || labels['istio.io/persistent-session-header']);
  if (keepsSessions && (serving ?? true) && (terminating ?? true)) return 'draining';
  return (terminating ?? true) ? 'terminating' : 'unhealthy';
}
