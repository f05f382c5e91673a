import type { Endpoint } from '../../model/endpoint.ts';
import { hasLabels } from '../../registry/labels.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { LocalityEndpointsInput } from './locality-endpoints-input.ts';

/**
 * The endpoints that a cluster's traffic may go to. Mostly, those are all, and their list is not written again.
 * Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, generate.
 */
export function selectEndpoints(view: ProxyView, input: LocalityEndpointsInput): readonly Endpoint[] {
  const { service, port, waypoint } = input;
  const all = waypoint?.endpoints ?? view.mesh.endpointsOf(service, port);
  for (const endpoint of all) {
    if (!isWanted(endpoint, view, input)) return all.filter((each) => isWanted(each, view, input));
  }
  return all;
}

function isWanted(endpoint: Endpoint, view: ProxyView, input: LocalityEndpointsInput): boolean {
  const { service, subset, accepts } = input;
  const { health, labels, nodeName } = endpoint.workload;
  if (health === 'terminating' || (health === 'unhealthy' && !sendsUnhealthy(view, input))) return false;
  if (health === 'draining' && !service.labels['istio.io/persistent-session']) return false;
  // Without names, the proxy and an endpoint count as being on one node.
  if (staysOnNode(input) && nodeName !== (view.proxy.metadata['NODE_NAME'] ?? '')) return false;
  if (accepts && !accepts(endpoint)) return false;
  return !subset?.labels || hasLabels(labels, subset.labels);
}

function staysOnNode({ service: { origin } }: LocalityEndpointsInput): boolean {
  return origin.kind === 'Service' && origin.spec.internalTrafficPolicy === 'Local';
}

/** Where a rule sets a share of healthy endpoints for Envoy to panic below, unhealthy ones would get traffic. */
function sendsUnhealthy({ mesh }: ProxyView, { service, policy }: LocalityEndpointsInput): boolean {
  if (service.trafficDistribution !== undefined) return true;
  return mesh.profile.sendsUnhealthyEndpoints && (policy?.outlierDetection?.minHealthPercent ?? 0) <= 0;
}
