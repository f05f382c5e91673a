import type { EndpointWorkload, WorkloadMetadata } from '../../model/endpoint.ts';

/** Source: istio `pilot/pkg/networking/util/util.go`, AppendLbEndpointMetadata. */
export function describeWorkload({
  workloadName,
  namespace,
  labels,
  clusterId,
}: Pick<EndpointWorkload, 'workloadName' | 'namespace' | 'labels' | 'clusterId'>): WorkloadMetadata {
  const canonicalName =
    labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? workloadName;
  const canonicalRevision =
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels['version'] ??
    'latest';
  const revision = canonicalRevision === 'latest' ? '' : canonicalRevision;
  const workload = [workloadName, namespace, canonicalName, revision, clusterId].join(';');
  const filterMetadata = Object.freeze({ istio: Object.freeze({ workload }) });
  return Object.freeze({ filterMetadata });
}
