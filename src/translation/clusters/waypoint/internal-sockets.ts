import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { InternalUpstreamTransport, TransportSocket } from '../../../xds/types.ts';

/** Plain text, by the name that istiod gives it inside internal connections. */
export const rawBuffer: TransportSocket = frozen({ name: 'raw_buffer', typedConfig: { '@type': typeUrls.rawBuffer } });

/** A connection to a listener of the same proxy; `inner` is what it carries. */
export function internalSocket(
  inner: TransportSocket,
  { name = 'internal_upstream', ...options }: SocketOptions = {},
): TransportSocket {
  return { name, typedConfig: { '@type': typeUrls.internalUpstreamTransport, ...options, transportSocket: inner } };
}

interface SocketOptions extends Pick<InternalUpstreamTransport, 'passthroughMetadata'> {
  readonly name?: string;
}

/** Tells the listener that opens the tunnel where the endpoint really is, and who answers there. */
export function waypointSocket(inner: TransportSocket): TransportSocket {
  return internalSocket(inner, { passthroughMetadata: endpointMetadata });
}

const endpointMetadata: NonNullable<InternalUpstreamTransport['passthroughMetadata']> = frozen([
  { kind: { host: {} }, name: 'envoy.filters.listener.original_dst' },
  { kind: { host: {} }, name: 'istio' },
]);
