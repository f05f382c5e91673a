import type { ServiceTarget } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import type { ServedPort } from '../endpoints/served-ports.ts';
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
