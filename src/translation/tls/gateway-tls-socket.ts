import { isCipherSuite } from '../../model/cipher-suite.ts';
import type { GatewayServer } from '../../registry/gateways/gateway-server.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { TransportSocket } from '../../xds/types.ts';
import { buildServerTlsContext } from './server-tls-context.ts';
import { downstreamTlsSocket } from './transport-socket.ts';

/**
 * The TLS that a Gateway's server ends. Cipher suites that Envoy would not know are left out.
 * Source: istio `pilot/pkg/networking/core/gateway.go`, buildGatewayListenerTLSContext.
 */
export function gatewayTlsSocket(view: ProxyView, { tls = {}, kind }: GatewayServer): TransportSocket {
  const cipherSuites = [...new Set(tls.cipherSuites)].filter(isCipherSuite);
  return downstreamTlsSocket(
    buildServerTlsContext({
      view,
      settings: { ...tls, cipherSuites },
      exchangesMetadata: kind === 'tls-termination',
    }),
  );
}
