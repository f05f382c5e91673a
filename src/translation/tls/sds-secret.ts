import { frozen } from '../../xds/frozen.ts';
import type { CertificateValidationContext, CommonTlsContext, ConfigSource, SdsSecretConfig } from '../../xds/types.ts';
import type { SecretServers } from './secret-servers.ts';

/** Clusters that Envoy's bootstrap or the sidecar's own configuration provides for fetching secrets. */
const agentCluster = 'sds-grpc';
const agentFilesCluster = 'sds-files-grpc';

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
// Without a fetch timeout of 0: the secret may not exist, and must not hold up the whole listener or cluster.
const aggregatedSource: ConfigSource = frozen({ ads: {}, resourceApiVersion: 'V3' });

const certificateAuthoritySuffix = '-cacert';

/**
 * The secret that a `credentialName` stands for: mostly a Kubernetes Secret, which istiod itself serves. Absent where no
 * service stands for the provider that would serve it.
 * Source: istio `pilot/pkg/security/model/authentication.go`, ConstructSdsSecretConfigForCredential.
 */
export function credentialSecret(credentialName: string, servers: SecretServers): SdsSecretConfig | undefined {
  if (credentialName === 'builtin://') return workloadCertificate;
  if (credentialName === `builtin://${certificateAuthoritySuffix}`) return meshTrustBundle;
  const server = servers.serverOf(credentialName);
  if (server.from === 'istiod') return kubernetesSecret(server.secretName);
  if (server.from === 'nobody') return undefined;
  return { name: server.secretName, sdsConfig: grpcSource(server.cluster, server.authority) };
}

/** istiod leaves a certificate that is absent in the list, as a message without the name that Envoy requires. */
export function credentialCertificate(credentialName: string, servers: SecretServers): SdsSecretConfig {
  return credentialSecret(credentialName, servers) ?? ({} as SdsSecretConfig);
}

/** The certificate authority that belongs to a credential is a secret of its own. */
export function credentialTrustBundle(credentialName: string, servers: SecretServers): SdsSecretConfig | undefined {
  return credentialSecret(credentialName + certificateAuthoritySuffix, servers);
}

/** Peers are judged by these conditions and by a bundle, without which istiod sends what Envoy refuses. */
export function combinedValidation(
  defaultValidationContext: CertificateValidationContext,
  trustBundle: SdsSecretConfig | undefined,
): Pick<CommonTlsContext, 'combinedValidationContext'> {
  return {
    combinedValidationContext: {
      defaultValidationContext,
      ...(trustBundle && { validationContextSdsSecretConfig: trustBundle }),
    } as NonNullable<CommonTlsContext['combinedValidationContext']>,
  };
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

function grpcSource(clusterName: string, authority?: string): ConfigSource {
  return {
    apiConfigSource: {
      apiType: 'GRPC',
      transportApiVersion: 'V3',
      grpcServices: [{ envoyGrpc: { clusterName, ...(authority && { authority }) } }],
      setNodeOnFirstMessageOnly: true,
    },
    resourceApiVersion: 'V3',
  };
}
