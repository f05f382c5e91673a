import type { ProxyView } from '../../registry/proxy-view.ts';
import type { CommonTlsContext, StringMatcher } from '../../xds/types.ts';
import { identityPrefixes, readServerCertificates, validatePeers } from './downstream-tls-context.ts';
import { serverCertificate } from './server-certificates.ts';

/**
 * Both ends of a tunnel between workloads of an ambient mesh: mutual TLS 1.3, and HTTP/2 inside.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildCommonConnectTLSContext.
 */
export function buildTunnelTlsContext(view: ProxyView, peers: readonly StringMatcher[] = []): CommonTlsContext {
  const certificates = readServerCertificates(view);
  const identities = [...identityPrefixes(view.mesh.configuration), ...peers];
  return {
    tlsCertificateSdsSecretConfigs: [serverCertificate(certificates)],
    ...validatePeers(
      certificates,
      identities.length > 0
        ? { matchTypedSubjectAltNames: identities.map((matcher) => ({ sanType: 'URI', matcher })) }
        : {},
    ),
    alpnProtocols: ['h2'],
    tlsParams: { tlsMinimumProtocolVersion: 'TLSv1_3', tlsMaximumProtocolVersion: 'TLSv1_3' },
  };
}
