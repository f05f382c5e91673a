import type { ServiceTarget } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import { compareText } from '../order.ts';
import { findKubernetesTargets, type KubernetesService } from './kubernetes-targets.ts';

/** The services that proxies may serve. */
export interface TargetCandidates {
  readonly kubernetes: readonly KubernetesService[];
  /** Those of entries, by namespace. */
  readonly entries: ReadonlyMap<string, readonly Service[]>;
}

export function listTargetCandidates(services: readonly Service[]): TargetCandidates {
  const kubernetes: KubernetesService[] = [];
  const entries: Service[] = [];
  for (const service of services) {
    const { origin } = service;
    if (origin.kind === 'Service') kubernetes.push({ service, resource: origin });
    else if (origin.spec.endpoints?.length || origin.spec.workloadSelector) entries.push(service);
  }
  return { kubernetes, entries: groupBy(entries, ({ namespace }) => namespace) };
}

/**
 * The service ports that a proxy itself serves, in the order of their services' age and host.
 * Source: istio `pilot/pkg/model/context.go`, SetServiceTargets.
 */
export function findTargets(
  proxy: Proxy,
  { kubernetes, entries }: TargetCandidates,
  endpoints: EndpointIndex,
  profile: Profile,
): readonly ServiceTarget[] {
  const targets = [
    ...findKubernetesTargets(proxy, kubernetes, endpoints, profile),
    ...findServiceEntryTargets(proxy, entries.get(proxy.namespace) ?? [], endpoints),
  ];
  return targets.sort(
    ({ service: left }, { service: right }) =>
      left.creationTime - right.creationTime || compareText(left.hostname, right.hostname),
  );
}

/** A proxy serves the entries that list one of its addresses. */
function findServiceEntryTargets(
  { ips }: Proxy,
  services: readonly Service[],
  endpoints: EndpointIndex,
): readonly ServiceTarget[] {
  const seen = new Set<string>();
  const instances = services.flatMap((service) => {
    // Services of one host share their instances.
    if (seen.has(service.hostname)) return [];
    seen.add(service.hostname);
    return endpoints.instancesOf(service);
  });
  return ips.flatMap((ip) =>
    instances
      .filter(({ endpoint }) => endpoint.addresses[0] === ip)
      .map(({ service, port, endpoint }) => ({ service, port, targetPort: endpoint.port })),
  );
}
