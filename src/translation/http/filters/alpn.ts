import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { HttpFilter } from '../../../xds/types.ts';

/**
 * Sets the ALPN that the upstream TLS connection offers from the protocol of the request. The `istio-` names tell a
 * sidecar on the other side that HTTP was seen here; the plain ones are for servers outside the mesh.
 */
export const alpnFilter: HttpFilter = frozen({
  name: 'istio.alpn',
  typedConfig: {
    '@type': typeUrls.alpn,
    alpnOverride: [
      { alpnOverride: ['istio-http/1.0', 'istio', 'http/1.0'] },
      { upstreamProtocol: 'HTTP11', alpnOverride: ['istio-http/1.1', 'istio', 'http/1.1'] },
      { upstreamProtocol: 'HTTP2', alpnOverride: ['istio-h2', 'istio', 'h2'] },
    ],
  },
});
