import { frozen } from '../../xds/frozen.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type {
  ClusterTransportSocketMatch,
  DownstreamTlsContext,
  TransportSocket,
  UpstreamTlsContext,
} from '../../xds/types.ts';

/** Plain text. */
export const rawBufferSocket: TransportSocket = frozen({
  name: 'envoy.transport_sockets.raw_buffer',
  typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer' },
});

/** What endpoints get that do not carry the label of a mesh workload. */
export const plainTextMatch: ClusterTransportSocketMatch = frozen({
  name: 'tlsMode-disabled',
  match: {},
  transportSocket: rawBufferSocket,
});

export function upstreamTlsSocket(context: UpstreamTlsContext): TransportSocket {
  return {
    name: 'envoy.transport_sockets.tls',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
      ...context,
    },
  };
}

export function downstreamTlsSocket(context: DownstreamTlsContext): TransportSocket {
  return {
    name: 'envoy.transport_sockets.tls',
    typedConfig: { '@type': typeUrls.downstreamTlsContext, ...context },
  };
}

const speaksMutualTls = frozen({ tlsMode: 'istio' });

/** Auto mTLS: endpoints that speak Istio's mutual TLS get it, the others plain text. */
export function autoMutualTlsMatches(mutualTls: TransportSocket): readonly ClusterTransportSocketMatch[] {
  return [{ name: 'tlsMode-istio', match: speaksMutualTls, transportSocket: mutualTls }, plainTextMatch];
}
