import type { Endpoint, EndpointWorkload } from '../../model/endpoint.ts';
import { socketAddress } from '../../xds/address.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Address, JsonObject, LbEndpoint, Metadata } from '../../xds/types.ts';
import type { EndpointTransport } from './endpoint-transport.ts';

/** One endpoint, with what the transport socket is chosen by and what telemetry tells of its workload. */
export function buildLbEndpoint(endpoint: Endpoint, transport: EndpointTransport): LbEndpoint {
  const { health, weight } = endpoint.workload;
  const healthStatus = healthStatuses[health];
  const loadBalancingWeight = weight > 0 ? weight : 1;
  const place = { address: addressOf(endpoint, transport) };
  const metadata = endpointMetadata(endpoint.workload, transport);
  return healthStatus
    ? { endpoint: place, healthStatus, loadBalancingWeight, metadata }
    : { endpoint: place, loadBalancingWeight, metadata };
}

/** Tunnels begin in a listener of the proxy itself; what names the endpoint there only tells it from others. */
function addressOf({ workload: { addresses }, port }: Endpoint, transport: EndpointTransport): Address {
  if (transport.kind === 'tunnel') {
    const endpointId = transport.waypoint ?? transport.destination;
    return { envoyInternalAddress: { serverListenerName: 'connect_originate', endpointId } };
  }
  const address = addresses[0] ?? '';
  return port === 0 ? { pipe: { path: address } } : socketAddress(address, port);
}

const healthStatuses: Readonly<Record<EndpointWorkload['health'], LbEndpoint['healthStatus']>> = {
  unknown: undefined,
  healthy: 'HEALTHY',
  unhealthy: 'UNHEALTHY',
  draining: 'DRAINING',
  terminating: undefined,
};

const wantsMutualTls: JsonObject = frozen({ tlsMode: 'istio' });
const wantsTunnel: JsonObject = frozen({ tunnel: 'http' });

function endpointMetadata({ metadata }: EndpointWorkload, transport: EndpointTransport): Metadata {
  const { istio } = metadata.filterMetadata;
  if (transport.kind === 'direct') {
    return transport.mutualTls
      ? { filterMetadata: { 'envoy.transport_socket_match': wantsMutualTls, istio } }
      : metadata;
  }
  const { destination, waypoint, isMatched, mutualTls } = transport;
  return {
    filterMetadata: {
      'envoy.filters.listener.original_dst': { local: destination, ...(waypoint !== undefined && { waypoint }) },
      ...(isMatched && { 'envoy.transport_socket_match': wantsTunnel }),
      ...(!isMatched && mutualTls && { 'envoy.transport_socket_match': wantsMutualTls }),
      istio,
    },
  };
}
