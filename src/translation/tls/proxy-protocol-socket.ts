import { frozen } from '../../xds/frozen.ts';
import type { Cluster, TransportSocket } from '../../xds/types.ts';

type Transport = Pick<Cluster, 'transportSocket' | 'transportSocketMatches'>;

/** istiod gives the plain-text socket another name where it is wrapped. */
const wrappedRawBuffer: TransportSocket = frozen({
  name: 'raw_buffer',
  typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer' },
});

/** Puts the PROXY protocol's header before whatever a connection to the upstream begins with. */
export function wrapInProxyProtocol(transport: Transport, version: 'V1' | 'V2'): Transport {
  const { transportSocket, transportSocketMatches } = transport;
  if (!transportSocket && !transportSocketMatches) return { transportSocket: wrap(wrappedRawBuffer, version) };
  return {
    ...(transportSocket && { transportSocket: wrap(transportSocket, version) }),
    ...(transportSocketMatches && {
      transportSocketMatches: transportSocketMatches.map(({ transportSocket: inner, ...match }) => ({
        ...match,
        ...(inner && { transportSocket: wrap(inner, version) }),
      })),
    }),
  };
}

function wrap(transportSocket: TransportSocket, version: 'V1' | 'V2'): TransportSocket {
  return {
    name: 'envoy.transport_sockets.upstream_proxy_protocol',
    typedConfig: {
      '@type':
        'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',
      config: version === 'V2' ? { version } : {},
      transportSocket,
    },
  };
}
