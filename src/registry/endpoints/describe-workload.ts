import type { EndpointWorkload } from '../../model/endpoint.ts';

/** Source: istio `pilot/pkg/networking/util/util.go`, AppendLbEndpointMetadata. */
export function describeWorkload({
  workloadName,
  namespace,
  labels,
  clusterId,
}: Pick<EndpointWorkload, 'workloadName' | 'namespace' | 'labels' | 'clusterId'>): string {
  const canonicalName =
    labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? workloadName;
  const canonicalRevision =
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels['version'] ??
    'latest';
  const revision = canonicalRevision === 'latest' ? '' : canonicalRevision;
  return [workloadName, namespace, canonicalName, revision, clusterId].join(';');
}
