import { frozen } from '../../xds/frozen.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { ListenerFilter } from '../../xds/types.ts';

/** Recovers the address that a redirected connection was meant for. */
export const originalDestination: ListenerFilter = frozen({
  name: 'envoy.filters.listener.original_dst',
  typedConfig: { '@type': typeUrls.originalDst },
});

/** TPROXY: connects upstream from the client's own address; the mark keeps that out of interception. */
export const originalSource: ListenerFilter = frozen({
  name: 'envoy.filters.listener.original_src',
  typedConfig: { '@type': typeUrls.originalSrc, mark: 1337 },
});

/** Reads server name and ALPN from a TLS ClientHello. */
export const tlsInspector: ListenerFilter = frozen({
  name: 'envoy.filters.listener.tls_inspector',
  typedConfig: { '@type': typeUrls.tlsInspector, initialReadBufferSize: 512 },
});

/** Recognises plain-text HTTP by its first bytes. */
export const httpInspector: ListenerFilter = frozen({
  name: 'envoy.filters.listener.http_inspector',
  typedConfig: { '@type': typeUrls.httpInspector },
});

/** Reads the client's address from the PROXY header that a load balancer puts before a connection. */
export const proxyProtocol: ListenerFilter = frozen({
  name: 'envoy.filters.listener.proxy_protocol',
  typedConfig: { '@type': typeUrls.proxyProtocol },
});
