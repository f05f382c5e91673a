import type { ServiceTarget } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Memory } from '../../model/memory.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import type { ServedPort } from '../endpoints/served-ports.ts';
import { compareText } from '../order.ts';
import { findKubernetesTargets, type KubernetesService } from './kubernetes-targets.ts';

/** The services that proxies may serve: Kubernetes' own, and those of entries, which only proxies of their namespace serve. */
export interface TargetCandidates {
  readonly kubernetes: readonly Service[];
  ofEntries(namespace: string): readonly Service[];
}

export function groupTargetCandidates(services: readonly Service[], memory: Memory): TargetCandidates {
  const groups = memory.group('target candidates', services, { keyOf: groupOf, make: (sharing) => sharing });
  return {
    kubernetes: groups.get(everywhere) ?? none,
    ofEntries: (namespace) => groups.get(namespace) ?? none,
  };
}

/** No namespace. */
const everywhere = '*';
const none: readonly Service[] = [];

function groupOf({ registry, namespace }: Service): string {
  return registry === 'Kubernetes' ? everywhere : namespace;
}

export interface TargetSources {
  readonly candidates: TargetCandidates;
  readonly endpoints: EndpointIndex;
  /** Whether the proxy runs in this cluster, where Kubernetes knows it. */
  readonly isHere: boolean;
  readonly profile: Profile;
  readonly memory: Memory;
}

/**
 * The service ports that a proxy itself serves, in the order of their services' age and host.
 * Source: istio `pilot/pkg/model/context.go`, SetServiceTargets.
 */
export function findTargets(
  proxy: Proxy,
  { candidates, endpoints, isHere, profile, memory }: TargetSources,
): readonly ServiceTarget[] {
  const kubernetes = isHere ? candidates.kubernetes.flatMap(withResource) : [];
  const entries = listServed(proxy, candidates.ofEntries(proxy.namespace), memory);
  const targets = [
    ...findKubernetesTargets(proxy, kubernetes, endpoints, profile),
    ...findServiceEntryTargets(proxy, entries, endpoints),
  ];
  return targets.sort(
    ({ service: left }, { service: right }) =>
      left.creationTime - right.creationTime || compareText(left.hostname, right.hostname),
  );
}

function withResource(service: Service): readonly KubernetesService[] {
  const { origin } = service;
  return origin.kind === 'Service' ? [{ service, resource: origin }] : [];
}

function listServed(proxy: Proxy, services: readonly Service[], memory: Memory): readonly Service[] {
  const place = memory.once('place', [proxy.namespace, memory.settle('addresses', proxy.ips)], () => ({}));
  const add = (all: Service[], service: Service): void => {
    if (mayServe(proxy, service)) all.push(service);
  };
  return memory.collect('entries that may be served', services, add, { of: () => [place], version: place });
}

/** Whether one of the proxy's addresses is listed, or may be that of a workload that is selected. */
function mayServe({ ips }: Proxy, { hostname, origin }: Service): boolean {
  if (origin.kind !== 'ServiceEntry') return false;
  const { spec } = origin;
  if (spec.workloadSelector) return true;
  if (!spec.endpoints?.length) return false;
  return ips.includes(hostname) || spec.endpoints.some(({ address = '' }) => ips.includes(address));
}

/** A proxy serves the entries that list one of its addresses. */
function findServiceEntryTargets(
  { ips }: Proxy,
  services: readonly Service[],
  endpoints: EndpointIndex,
): readonly ServiceTarget[] {
  const seen = new Set<string>();
  const served: ServedPort[] = [];
  for (const service of services) {
    // Services of one host share their endpoints.
    if (seen.has(service.hostname)) continue;
    seen.add(service.hostname);
    for (const port of endpoints.servedPortsOf(service)) served.push(port);
  }
  return ips.flatMap((ip) => targetsAt(ip, served));
}

/** Of a service workload by workload, as istiod lists them. */
function targetsAt(ip: string, served: readonly ServedPort[]): readonly ServiceTarget[] {
  const found: { readonly target: ServiceTarget; readonly place: number }[] = [];
  for (const { service, port, endpoints } of served) {
    for (let place = 0; place < endpoints.length; place++) {
      const endpoint = endpoints[place];
      if (endpoint?.workload.addresses[0] !== ip) continue;
      found.push({ target: { service, port, targetPort: endpoint.port }, place });
    }
  }
  const byService = groupBy(found, ({ target }) => target.service);
  return [...byService.values()].flatMap((all) =>
    all.sort((left, right) => left.place - right.place).map(({ target }) => target),
  );
}
