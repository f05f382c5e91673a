import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { frozen } from '../../xds/frozen.ts';
import type { CommonTlsContext, DownstreamTlsContext, StringMatcher } from '../../xds/types.ts';
import { readSecretServers } from './secret-servers.ts';
import { type ServerCertificates, serverCertificate, serverTrustBundle } from './server-certificates.ts';
import { exactNames } from './subject-alt-names.ts';

const cipherSuites = frozen([
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
]);

/** What a server offers where it does not exchange metadata with its peers. */
export const httpAlpn: readonly string[] = frozen(['h2', 'http/1.1']);
export const metadataExchangeAlpn: readonly string[] = frozen(['istio-peer-exchange', 'h2', 'http/1.1']);

/**
 * The mutual TLS that a sidecar's inbound listeners speak: with any workload of the mesh's trust domains. TCP traffic
 * exchanges metadata in the connection, HTTP traffic in headers.
 * Source: istio `pilot/pkg/security/authn/utils/utils.go`, BuildInboundTLS.
 */
export function buildMutualTlsContext(view: ProxyView, traffic: 'http' | 'tcp'): DownstreamTlsContext {
  const { mesh } = view;
  const { meshMTLS } = mesh.configuration;
  const certificates = readServerCertificates(view);
  return {
    commonTlsContext: {
      alpnProtocols: traffic === 'tcp' ? metadataExchangeAlpn : httpAlpn,
      tlsParams: {
        cipherSuites: meshMTLS?.cipherSuites?.length ? meshMTLS.cipherSuites : cipherSuites,
        tlsMinimumProtocolVersion: minimumVersion(meshMTLS?.minProtocolVersion),
        tlsMaximumProtocolVersion: 'TLSv1_3',
      },
      tlsCertificateSdsSecretConfigs: [serverCertificate(certificates)],
      ...validatePeers(certificates, {
        matchSubjectAltNames: identityPrefixes(mesh.configuration),
      }),
    },
    requireClientCertificate: true,
  };
}

export function minimumVersion(version: NonNullable<MeshConfig['meshMTLS']>['minProtocolVersion']) {
  return version === 'TLSV1_3' ? 'TLSv1_3' : 'TLSv1_2';
}

type ValidationContext = NonNullable<CommonTlsContext['combinedValidationContext']>['defaultValidationContext'];

/** Peers must present a certificate that the trust bundle covers and the conditions allow. */
export function validatePeers(certificates: ServerCertificates, conditions: ValidationContext): CommonTlsContext {
  return {
    combinedValidationContext: {
      defaultValidationContext: conditions,
      validationContextSdsSecretConfig: serverTrustBundle(certificates),
    },
  };
}

/** Names as ISTIO_MUTUAL and file certificates check them. */
export function clientConditions(subjectAltNames: readonly string[] | undefined, caCrl: string | undefined) {
  return { ...exactNames(subjectAltNames), ...(caCrl && { crl: { filename: caCrl } }) };
}

/** Certificates named in the proxy's node metadata, which take the place of the agent's. */
export function readServerCertificates(view: ProxyView): ServerCertificates {
  const { metadata } = view.proxy;
  const text = (key: string): string => (typeof metadata[key] === 'string' ? metadata[key] : '');
  return {
    certificate: text('TLS_SERVER_CERT_CHAIN'),
    privateKey: text('TLS_SERVER_KEY'),
    caCertificates: text('TLS_SERVER_ROOT_CERT'),
    servers: readSecretServers(view, 'server'),
  };
}

/** How the identities of workloads begin in the mesh's trust domains. */
export function identityPrefixes({
  trustDomain = '',
  trustDomainAliases = [],
  caCertificates = [],
}: MeshConfig): readonly StringMatcher[] {
  const ofAuthorities = caCertificates.flatMap((authority) => authority.trustDomains ?? []);
  const domains = new Set([trustDomain, ...trustDomainAliases, ...ofAuthorities].filter((domain) => domain !== ''));
  return [...domains].map((domain) => ({ prefix: `spiffe://${domain}/` }));
}
