import type { Endpoint, EndpointWorkload } from '../../model/endpoint.ts';
import { socketAddress } from '../../xds/address.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Address, JsonObject, LbEndpoint } from '../../xds/types.ts';
import type { EndpointTransport } from './endpoint-transport.ts';

/** One endpoint, with what the transport socket is chosen by and what telemetry tells of its workload. */
export function buildLbEndpoint(endpoint: Endpoint, transport: EndpointTransport): LbEndpoint {
  const healthStatus = healthStatuses[endpoint.workload.health];
  const loadBalancingWeight = endpoint.workload.weight > 0 ? endpoint.workload.weight : 1;
  const place = { address: addressOf(endpoint, transport) };
  const metadata = { filterMetadata: endpointMetadata(endpoint, transport) };
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

function endpointMetadata(endpoint: Endpoint, transport: EndpointTransport): Readonly<Record<string, JsonObject>> {
  const istio = { workload: endpoint.workload.description };
  if (transport.kind === 'direct') {
    return transport.mutualTls ? { 'envoy.transport_socket_match': wantsMutualTls, istio } : { istio };
  }
  const { destination, waypoint, isMatched, mutualTls } = transport;
  return {
    'envoy.filters.listener.original_dst': { local: destination, ...(waypoint !== undefined && { waypoint }) },
    ...(isMatched && { 'envoy.transport_socket_match': wantsTunnel }),
    ...(!isMatched && mutualTls && { 'envoy.transport_socket_match': wantsMutualTls }),
    istio,
  };
}
