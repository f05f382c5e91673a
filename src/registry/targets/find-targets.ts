import type { ServiceTarget } from '../../model/endpoint.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import { compareText } from '../order.ts';
import { findKubernetesTargets, type KubernetesService } from './kubernetes-targets.ts';

/** Where a proxy's targets are looked for. */
export interface TargetSources {
  readonly services: readonly Service[];
  readonly endpoints: EndpointIndex;
  /** Whether the proxy runs in this cluster, where Kubernetes knows it. */
  readonly isHere: boolean;
  readonly profile: Profile;
}

/**
 * The service ports that a proxy itself serves, in the order of their services' age and host.
 * Source: istio `pilot/pkg/model/context.go`, SetServiceTargets.
 */
export function findTargets(
  proxy: Proxy,
  { services, endpoints, isHere, profile }: TargetSources,
): readonly ServiceTarget[] {
  const kubernetes: KubernetesService[] = [];
  const entries: Service[] = [];
  for (const service of services) {
    const { origin } = service;
    if (origin.kind === 'ServiceEntry') {
      if (service.namespace === proxy.namespace && mayServe(proxy, service, origin)) entries.push(service);
    } else if (isHere) kubernetes.push({ service, resource: origin });
  }
  const targets = [
    ...findKubernetesTargets(proxy, kubernetes, endpoints, profile),
    ...findServiceEntryTargets(proxy, entries, endpoints),
  ];
  return targets.sort(
    ({ service: left }, { service: right }) =>
      left.creationTime - right.creationTime || compareText(left.hostname, right.hostname),
  );
}

/** Whether one of the proxy's addresses is listed, or may be that of a workload that is selected. */
function mayServe({ ips }: Proxy, { hostname }: Service, { spec }: ResourceOf<'ServiceEntry'>): boolean {
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
