import { frozen } from '../../xds/frozen.ts';
import type { ConfigSource, SdsSecretConfig } from '../../xds/types.ts';

/** Clusters that Envoy's bootstrap or the sidecar's own configuration provides for fetching secrets. */
const agentCluster = 'sds-grpc';
const agentFilesCluster = 'sds-files-grpc';
export const externalSdsCluster = 'sds-external';

/** The certificate that the agent holds for the workload. */
export const workloadCertificate: SdsSecretConfig = frozen({
  name: 'default',
  sdsConfig: { ...grpcSource(agentCluster), initialFetchTimeout: '0s' },
});

/** The trust bundle of the mesh. */
export const meshTrustBundle: SdsSecretConfig = frozen({
  name: 'ROOTCA',
  sdsConfig: { ...grpcSource(agentCluster), initialFetchTimeout: '0s' },
});

/** Where a proxy says, in its node metadata, that it has secret servers of its own. */
export interface SecretServers {
  /** Metadata `credential`: a socket answers for `sds://` credentials. */
  readonly credentialSocket: boolean;
  /** Metadata `file-credential`: a socket serves mounted files. */
  readonly fileSocket: boolean;
}

export function readSecretServers(metadata: Readonly<Record<string, unknown>>): SecretServers {
  return {
    credentialSocket: metadata['credential'] === 'true',
    fileSocket: metadata['file-credential'] === 'true',
  };
}

/** Files mounted into the pod are served by the agent, so that Envoy notices their rotation. */
export function fileCertificate(certificate: string, privateKey: string, servers: SecretServers): SdsSecretConfig {
  return fileSecret(`file-cert:${certificate}~${privateKey}`, servers);
}

export function fileTrustBundle(path: string, servers: SecretServers): SdsSecretConfig {
  return fileSecret(`file-root:${path}`, servers);
}

function fileSecret(name: string, { fileSocket }: SecretServers): SdsSecretConfig {
  return { name, sdsConfig: fileSocket ? agentFilesSource : agentSource };
}

const agentSource = frozen(grpcSource(agentCluster));
const agentFilesSource = frozen(grpcSource(agentFilesCluster));
const externalSource = frozen(grpcSource(externalSdsCluster));
// Without a fetch timeout of 0: the secret may not exist, and must not hold up the whole listener or cluster.
const aggregatedSource: ConfigSource = frozen({ ads: {}, resourceApiVersion: 'V3' });

const certificateAuthoritySuffix = '-cacert';

/**
 * The secret that a `credentialName` stands for: mostly a Kubernetes Secret, which istiod itself serves.
 * Source: istio `pilot/pkg/security/model/authentication.go`, ConstructSdsSecretConfigForCredential.
 */
export function credentialSecret(credentialName: string, servers: SecretServers): SdsSecretConfig {
  if (credentialName === 'builtin://') return workloadCertificate;
  if (credentialName === `builtin://${certificateAuthoritySuffix}`) return meshTrustBundle;
  if (!credentialName.startsWith('sds://')) return kubernetesSecret(credentialName);
  if (servers.credentialSocket) return { name: credentialName, sdsConfig: externalSource };
  return kubernetesSecret(credentialName.slice('sds://'.length));
}

/** The certificate authority that belongs to a credential is a secret of its own. */
export function credentialTrustBundle(credentialName: string, servers: SecretServers): SdsSecretConfig {
  return credentialSecret(credentialName + certificateAuthoritySuffix, servers);
}

function kubernetesSecret(name: string): SdsSecretConfig {
  return { name: secretResourceName(name), sdsConfig: aggregatedSource };
}

function secretResourceName(name: string): string {
  if (name.startsWith('builtin://')) return 'default';
  if (name.startsWith('invalid://')) return 'invalid://';
  const hasType = ['configmap://', 'kubernetes://', 'kubernetes-gateway://'].some((type) => name.startsWith(type));
  return hasType ? name : `kubernetes://${name}`;
}

function grpcSource(clusterName: string): ConfigSource {
  return {
    apiConfigSource: {
      apiType: 'GRPC',
      transportApiVersion: 'V3',
      grpcServices: [{ envoyGrpc: { clusterName } }],
      setNodeOnFirstMessageOnly: true,
    },
    resourceApiVersion: 'V3',
  };
}
