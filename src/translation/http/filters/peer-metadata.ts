import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { HttpFilter, JsonObject } from '../../../xds/types.ts';

function peerMetadataFilter(name: string, value: JsonObject): HttpFilter {
  return frozen({
    name,
    typedConfig: {
      '@type': typeUrls.typedStruct,
      typeUrl: 'type.googleapis.com/io.istio.http.peer_metadata.Config',
      value,
    },
  });
}

const discovery = [{ workload_discovery: {} }];

/** Finds out by its address who opened a tunnel, and tells the listeners inside of it. */
export const downstreamPeerMetadata = peerMetadataFilter('waypoint_downstream_peer_metadata', {
  downstream_discovery: discovery,
  shared_with_upstream: true,
});

/** Finds out by its address to whom a request went. */
export const upstreamPeerMetadata = peerMetadataFilter('waypoint_upstream_peer_metadata', {
  upstream_discovery: discovery,
});
