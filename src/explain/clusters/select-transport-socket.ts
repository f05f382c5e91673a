import type { Cluster, LbEndpoint, TransportSocket } from '../../xds/types.ts';

/**
 * The first match whose every value the endpoint's metadata has, else the cluster's own socket. Istio marks endpoints
 * that have a proxy; a name that Envoy resolves itself has no mark.
 */
export function selectTransportSocket(
  { transportSocket, transportSocketMatches = [] }: Cluster,
  endpoint: LbEndpoint | undefined,
): TransportSocket | undefined {
  const labels = endpoint?.metadata?.filterMetadata?.['envoy.transport_socket_match'] ?? {};
  const found = transportSocketMatches.find(({ match = {} }) =>
    Object.entries(match).every(([key, value]) => (labels as Readonly<Record<string, unknown>>)[key] === value),
  );
  return found?.transportSocket ?? transportSocket;
}
