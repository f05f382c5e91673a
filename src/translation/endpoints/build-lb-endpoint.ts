import type { Endpoint } from '../../model/endpoint.ts';
import { socketAddress } from '../../xds/address.ts';
import type { JsonObject, LbEndpoint } from '../../xds/types.ts';

/** One endpoint, with what the transport socket is chosen by and what telemetry tells of its workload. */
export function buildLbEndpoint(endpoint: Endpoint, mutualTls: boolean): LbEndpoint {
  const { addresses, port, weight, health } = endpoint;
  const [address = ''] = addresses;
  return {
    endpoint: { address: port === 0 ? { pipe: { path: address } } : socketAddress(address, port) },
    ...healthStatuses[health],
    loadBalancingWeight: weight > 0 ? weight : 1,
    metadata: { filterMetadata: endpointMetadata(endpoint, mutualTls) },
  };
}

const healthStatuses: Readonly<Record<Endpoint['health'], Pick<LbEndpoint, 'healthStatus'>>> = {
  unknown: {},
  healthy: { healthStatus: 'HEALTHY' },
  unhealthy: { healthStatus: 'UNHEALTHY' },
  draining: { healthStatus: 'DRAINING' },
  terminating: {},
};

function endpointMetadata(endpoint: Endpoint, mutualTls: boolean): Readonly<Record<string, JsonObject>> {
  const istio = { workload: describeWorkload(endpoint) };
  return mutualTls ? { 'envoy.transport_socket_match': { tlsMode: 'istio' }, istio } : { istio };
}

/** Source: istio `pilot/pkg/networking/util/util.go`, AppendLbEndpointMetadata. */
function describeWorkload({ workloadName, namespace, labels, clusterId }: Endpoint): string {
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
