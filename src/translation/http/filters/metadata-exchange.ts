import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { HttpFilter, JsonObject } from '../../../xds/types.ts';
import type { ListenerClass } from '../listener-class.ts';

const peerMetadataType = 'type.googleapis.com/io.istio.http.peer_metadata.Config';
const discovery = [{ istio_headers: {} }, { workload_discovery: {} }];

function peerMetadataFilter(value: JsonObject): HttpFilter {
  return frozen({
    name: 'istio.metadata_exchange',
    typedConfig: { '@type': typeUrls.typedStruct, typeUrl: peerMetadataType, value },
  });
}

const inbound = peerMetadataFilter({
  downstream_discovery: discovery,
  downstream_propagation: [{ istio_headers: {} }],
});
const outbound = peerMetadataFilter({
  upstream_discovery: discovery,
  upstream_propagation: [{ istio_headers: {} }],
});
const outboundInMesh = peerMetadataFilter({
  upstream_discovery: discovery,
  upstream_propagation: [{ istio_headers: { skip_external_clusters: true } }],
});

/**
 * Exchanges workload metadata with the peer in HTTP headers. It comes before every other filter,
 * so that what authorization refuses is still attributed to a workload.
 */
export function metadataExchangeFilter(listenerClass: ListenerClass, skipExternalClusters: boolean): HttpFilter {
  if (listenerClass === 'sidecar-inbound') return inbound;
  return skipExternalClusters ? outboundInMesh : outbound;
}
