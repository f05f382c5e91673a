import type { ProxyConfig } from '../../model/istio/mesh-config.ts';
import type { HttpConnectionManager } from '../../xds/types.ts';

/**
 * Which headers a gateway trusts: how many proxies stand before it, and what becomes of `x-forwarded-client-cert`.
 * The topology counts here, not `proxyHeaders`. Source: istio `gateway.go`, buildGatewayConnectionManager.
 */
export function gatewayOptions({ gatewayTopology = {} }: ProxyConfig): Partial<HttpConnectionManager> {
  const { numTrustedProxies, forwardClientCertDetails: configured = 'UNDEFINED' } = gatewayTopology;
  const forwardClientCertDetails = configured === 'UNDEFINED' ? 'SANITIZE_SET' : configured;
  const addsDetails = forwardClientCertDetails === 'APPEND_FORWARD' || forwardClientCertDetails === 'SANITIZE_SET';
  return {
    ...(numTrustedProxies && { xffNumTrustedHops: numTrustedProxies }),
    // The default of Envoy's message needs no word.
    ...(forwardClientCertDetails !== 'SANITIZE' && { forwardClientCertDetails }),
    ...(addsDetails && { setCurrentClientCertDetails: { subject: true, cert: true, dns: true, uri: true } }),
  };
}
