import type { ServerTLSSettings, TLSProtocol } from '../../model/istio/gateway.ts';
import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { CommonTlsContext, DownstreamTlsContext, TlsParameters } from '../../xds/types.ts';
import {
  clientConditions,
  httpAlpn,
  metadataExchangeAlpn,
  minimumVersion,
  readServerCertificates,
  validatePeers,
} from './downstream-tls-context.ts';
import { combinedValidation, credentialCertificate, credentialSecret, credentialTrustBundle } from './sds-secret.ts';
import { readSecretServers, type SecretServers } from './secret-servers.ts';
import { type ServerCertificates, serverCertificate } from './server-certificates.ts';
import { exactNames } from './subject-alt-names.ts';

export interface ServerTlsInput {
  readonly view: ProxyView;
  /** `tls` of a Gateway's server or of a Sidecar's ingress listener. */
  readonly settings: ServerTLSSettings;
  /** A gateway's TCP server that terminates mutual TLS of the mesh exchanges metadata with its peers. */
  readonly exchangesMetadata?: boolean;
}

/**
 * The TLS that a user configured a server with.
 * Source: istio `pilot/pkg/networking/core/listener.go`, BuildListenerTLSContext.
 */
export function buildServerTlsContext(input: ServerTlsInput): DownstreamTlsContext {
  const { view, settings, exchangesMetadata = false } = input;
  const mode = settings.mode ?? 'PASSTHROUGH';
  const requireClientCertificate = mode === 'MUTUAL' || mode === 'ISTIO_MUTUAL';
  const isUsers = mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
  return {
    commonTlsContext: {
      alpnProtocols: exchangesMetadata && mode === 'ISTIO_MUTUAL' ? metadataExchangeAlpn : httpAlpn,
      ...certificates(input, requireClientCertificate || mode === 'OPTIONAL_MUTUAL'),
      ...(isUsers && tlsParameters(view.mesh.configuration.tlsDefaults, settings)),
    },
    requireClientCertificate,
  };
}

function certificates({ view, settings }: ServerTlsInput, validatesClients: boolean): CommonTlsContext {
  if (settings.mode === 'ISTIO_MUTUAL') {
    return fileCertificates([readServerCertificates(view)], settings, validatesClients);
  }
  const servers = readSecretServers(view, 'server');
  if (settings.credentialNames?.length || settings.credentialName) {
    return credentialCertificates(settings, servers, validatesClients);
  }
  const caCertificates = settings.caCertificates ?? '';
  const pairs = settings.tlsCertificates?.length ? settings.tlsCertificates : [settings];
  const files = pairs.map(({ serverCertificate: certificate = '', privateKey = '' }) => ({
    certificate,
    privateKey,
    caCertificates,
    servers,
  }));
  return fileCertificates(files, settings, validatesClients);
}

function fileCertificates(
  files: readonly ServerCertificates[],
  { subjectAltNames, caCrl }: ServerTLSSettings,
  validatesClients: boolean,
): CommonTlsContext {
  const [first] = files;
  return {
    tlsCertificateSdsSecretConfigs: files.map(serverCertificate),
    ...(first && validatesClients && validatePeers(first, clientConditions(subjectAltNames, caCrl))),
  };
}

/** Several credentials are certificates of several kinds; the first one's authority judges the clients. */
function credentialCertificates(
  settings: ServerTLSSettings,
  servers: SecretServers,
  validatesClients: boolean,
): CommonTlsContext {
  const { credentialNames = [], credentialName = '', caCertCredentialName, subjectAltNames } = settings;
  const names = credentialNames.length > 0 ? credentialNames : [credentialName];
  const tlsCertificateSdsSecretConfigs = names.map((name) => credentialCertificate(name, servers));
  const accepted = exactNames(subjectAltNames);
  if (!validatesClients) {
    return { tlsCertificateSdsSecretConfigs, ...(subjectAltNames?.length && { validationContext: accepted }) };
  }
  const trustBundle = caCertCredentialName
    ? credentialSecret(caCertCredentialName, servers)
    : credentialTrustBundle(names[0] ?? '', servers);
  return {
    tlsCertificateSdsSecretConfigs,
    ...combinedValidation(
      {
        ...accepted,
        ...(settings.verifyCertificateSpki?.length && { verifyCertificateSpki: settings.verifyCertificateSpki }),
        ...(settings.verifyCertificateHash?.length && { verifyCertificateHash: settings.verifyCertificateHash }),
      },
      trustBundle,
    ),
  };
}

/** The mesh's defaults, field by field under what the server itself says; nothing where neither says anything. */
function tlsParameters(
  defaults: MeshConfig['tlsDefaults'],
  settings: ServerTLSSettings,
): Pick<CommonTlsContext, 'tlsParams'> {
  const ciphers = settings.cipherSuites?.length ? settings.cipherSuites : defaults?.cipherSuites;
  const minimum =
    envoyVersion(settings.minProtocolVersion) ??
    (isSet(defaults?.minProtocolVersion) ? minimumVersion(defaults?.minProtocolVersion) : undefined);
  const maximum = envoyVersion(settings.maxProtocolVersion);
  const tlsParams: TlsParameters = {
    ...(defaults?.ecdhCurves?.length && { ecdhCurves: defaults.ecdhCurves }),
    ...(ciphers?.length && { cipherSuites: ciphers }),
    ...(minimum && { tlsMinimumProtocolVersion: minimum }),
    ...(maximum && { tlsMaximumProtocolVersion: maximum }),
  };
  return Object.keys(tlsParams).length > 0 ? { tlsParams } : {};
}

function isSet(version: string | undefined): boolean {
  return version !== undefined && version !== 'TLS_AUTO';
}

const envoyVersions = {
  TLS_AUTO: undefined,
  TLSV1_0: 'TLSv1_0',
  TLSV1_1: 'TLSv1_1',
  TLSV1_2: 'TLSv1_2',
  TLSV1_3: 'TLSv1_3',
} as const;

function envoyVersion(version: TLSProtocol = 'TLS_AUTO') {
  return envoyVersions[version];
}
