import type { ClientTLSSettings } from '../../model/istio/destination-rule.ts';
import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import { frozen } from '../../xds/frozen.ts';
import type { CommonTlsContext, TlsParameters, UpstreamTlsContext } from '../../xds/types.ts';
import {
  combinedValidation,
  credentialCertificate,
  credentialTrustBundle,
  fileCertificate,
  fileTrustBundle,
  meshTrustBundle,
  workloadCertificate,
} from './sds-secret.ts';
import type { SecretServers } from './secret-servers.ts';
import { exactNames } from './subject-alt-names.ts';

export interface UpstreamTlsInput {
  /** Name of the cluster: the SNI of last resort for mutual TLS in the mesh. */
  readonly clusterName: string;
  readonly isDynamic: boolean;
  /** Whether the cluster speaks nothing but HTTP/2. */
  readonly http2: boolean;
  /** What the certificate must bear where the settings name nothing: `subjectAltNames` of a ServiceEntry. */
  readonly fallbackSubjectAltNames: readonly string[];
  readonly secretServers: SecretServers;
  readonly tlsDefaults: MeshConfig['tlsDefaults'];
}

const inMeshAlpn = frozen(['istio-peer-exchange', 'istio']);
const inMeshHttp2Alpn = frozen(['istio-peer-exchange', 'istio', 'h2']);
const http2Alpn = frozen(['h2']);

const versionRange: TlsParameters = frozen({
  tlsMinimumProtocolVersion: 'TLSv1_2',
  tlsMaximumProtocolVersion: 'TLSv1_3',
});

/**
 * The TLS context of an outbound cluster; absent where TLS is off or MUTUAL lacks its certificate or key.
 * Source: istio `pilot/pkg/networking/core/cluster_tls.go`, buildUpstreamClusterTLSContext.
 */
export function buildUpstreamTlsContext(
  settings: ClientTLSSettings,
  input: UpstreamTlsInput,
): UpstreamTlsContext | undefined {
  switch (settings.mode) {
    case 'ISTIO_MUTUAL':
      return inMeshContext(settings, input);
    case 'SIMPLE':
      return originationContext(settings, input, certificateTrust(settings, input));
    case 'MUTUAL': {
      const certificate = clientCertificate(settings, input);
      return (
        certificate && originationContext(settings, input, { ...certificate, ...certificateTrust(settings, input) })
      );
    }
    default:
      return undefined;
  }
}

function inMeshContext(
  settings: ClientTLSSettings,
  { clusterName, isDynamic, http2 }: UpstreamTlsInput,
): UpstreamTlsContext {
  const sni = settings.sni || (isDynamic ? undefined : clusterName);
  const alpnProtocols = http2 ? inMeshHttp2Alpn : inMeshAlpn;
  const commonTlsContext = settings.subjectAltNames?.length
    ? amongMeshPeers(alpnProtocols, settings.subjectAltNames)
    : anyMeshPeer[http2 ? 'http2' : 'default'];
  return sni ? { commonTlsContext, sni } : { commonTlsContext };
}

function amongMeshPeers(alpnProtocols: readonly string[], subjectAltNames: readonly string[]): CommonTlsContext {
  return {
    tlsParams: versionRange,
    tlsCertificateSdsSecretConfigs: [workloadCertificate],
    combinedValidationContext: {
      defaultValidationContext: exactNames(subjectAltNames),
      validationContextSdsSecretConfig: meshTrustBundle,
    },
    alpnProtocols,
  };
}

/** Shared by the many clusters of services whose identities nobody told. */
const anyMeshPeer = frozen({
  default: amongMeshPeers(inMeshAlpn, []),
  http2: amongMeshPeers(inMeshHttp2Alpn, []),
});

function originationContext(
  settings: ClientTLSSettings,
  { http2, tlsDefaults }: UpstreamTlsInput,
  certificates: CommonTlsContext,
): UpstreamTlsContext {
  return {
    commonTlsContext: {
      tlsParams: tlsParameters(tlsDefaults),
      ...certificates,
      ...(http2 && { alpnProtocols: http2Alpn }),
    },
    ...(settings.sni && { sni: settings.sni }),
  };
}

function tlsParameters(defaults: MeshConfig['tlsDefaults']): TlsParameters {
  const { ecdhCurves = [], cipherSuites = [] } = defaults ?? {};
  if (ecdhCurves.length === 0 && cipherSuites.length === 0) return versionRange;
  return {
    ...versionRange,
    ...(ecdhCurves.length > 0 && { ecdhCurves }),
    ...(cipherSuites.length > 0 && { cipherSuites }),
  };
}

function clientCertificate(
  settings: ClientTLSSettings,
  { secretServers }: UpstreamTlsInput,
): CommonTlsContext | undefined {
  const { credentialName, clientCertificate: certificate, privateKey } = settings;
  if (credentialName) return { tlsCertificateSdsSecretConfigs: [credentialCertificate(credentialName, secretServers)] };
  if (!certificate || !privateKey) return undefined;
  return { tlsCertificateSdsSecretConfigs: [fileCertificate(certificate, privateKey, secretServers)] };
}

/** Whom the proxy trusts: a credential's authority, a mounted file, or the system's authorities. */
function certificateTrust(
  settings: ClientTLSSettings,
  { secretServers, fallbackSubjectAltNames }: UpstreamTlsInput,
): CommonTlsContext {
  const { credentialName, caCrl } = settings;
  if (settings.insecureSkipVerify) return credentialName ? {} : { validationContext: {} };

  const names = settings.subjectAltNames?.length ? settings.subjectAltNames : fallbackSubjectAltNames;
  if (credentialName)
    return combinedValidation(exactNames(names), credentialTrustBundle(credentialName, secretServers));
  return {
    combinedValidationContext: {
      defaultValidationContext: { ...exactNames(names), ...(caCrl && { crl: { filename: caCrl } }) },
      validationContextSdsSecretConfig: fileTrustBundle(settings.caCertificates || 'system', secretServers),
    },
  };
}
