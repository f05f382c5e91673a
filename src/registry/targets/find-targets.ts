import type { ServiceTarget } from '../../model/endpoint.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import { compareText } from '../order.ts';
import { findKubernetesTargets } from './kubernetes-targets.ts';

/**
 * The service ports that a proxy itself serves, in the order of their services' age and host.
 * Source: istio `pilot/pkg/model/context.go`, SetServiceTargets.
 */
export function findTargets(
  proxy: Proxy,
  services: readonly Service[],
  endpoints: EndpointIndex,
  profile: Profile,
): readonly ServiceTarget[] {
  const inNamespace = services.filter(({ namespace }) => namespace === proxy.namespace);
  const targets = [
    ...findKubernetesTargets(proxy, services, endpoints, profile),
    ...findServiceEntryTargets(proxy, inNamespace, endpoints),
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
  const candidates = services.filter(
    ({ origin }) => origin.kind === 'ServiceEntry' && (origin.spec.endpoints?.length || origin.spec.workloadSelector),
  );
  const seen = new Set<string>();
  const instances = candidates.flatMap((service) => {
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
