import { frozen } from '../../xds/frozen.ts';
import type { ClusterTransportSocketMatch, TransportSocket } from '../../xds/types.ts';
import { plainTextMatch, rawBufferSocket } from './transport-socket.ts';

/** Endpoints in the ambient mode of the mesh are reached through a tunnel (HBONE), which an internal listener opens. */
function tunnelMatch(inner: TransportSocket): ClusterTransportSocketMatch {
  return {
    name: 'hbone',
    match: { tunnel: 'http' },
    transportSocket: {
      name: 'envoy.transport_sockets.internal_upstream',
      typedConfig: {
        '@type':
          'type.googleapis.com/envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport',
        passthroughMetadata: [
          { kind: { host: {} }, name: 'envoy.filters.listener.original_dst' },
          { kind: { cluster: {} }, name: 'istio' },
          { kind: { host: {} }, name: 'istio' },
        ],
        transportSocket: inner,
      },
    },
  };
}

const plainTunnelMatch = frozen(tunnelMatch(rawBufferSocket));

/** Without TLS of its own: the tunnel where an endpoint has one, else plain text. */
export const tunnelOrPlainText: readonly ClusterTransportSocketMatch[] = frozen([plainTunnelMatch, plainTextMatch]);

/** Mutual TLS that istiod detected: the tunnel secures what has one, and plain text stays possible. */
export function tunnelBeforeMatches(
  matches: readonly ClusterTransportSocketMatch[],
): readonly ClusterTransportSocketMatch[] {
  return [plainTunnelMatch, ...matches];
}

/** ISTIO_MUTUAL asked for by a user: the tunnel stands in for it. */
export function tunnelOrMutualTls(mutualTls: TransportSocket): readonly ClusterTransportSocketMatch[] {
  return [plainTunnelMatch, { name: 'tlsMode-istio', transportSocket: mutualTls }];
}

/** TLS that the upstream itself should see goes inside the tunnel. */
export function tunnelAroundTls(tls: TransportSocket): readonly ClusterTransportSocketMatch[] {
  return [tunnelMatch(tls), { name: 'user', transportSocket: tls }];
}
