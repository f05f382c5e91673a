import type { SdsSecretConfig } from '../../xds/types.ts';
import { fileCertificate, fileTrustBundle, meshTrustBundle, workloadCertificate } from './sds-secret.ts';
import type { SecretServers } from './secret-servers.ts';

/** Files a server proves itself with; empty where the agent's own certificate and trust bundle are used. */
export interface ServerCertificates {
  readonly certificate: string;
  readonly privateKey: string;
  readonly caCertificates: string;
  readonly servers: SecretServers;
}

export function serverCertificate({ certificate, privateKey, servers }: ServerCertificates): SdsSecretConfig {
  if (certificate === '' || privateKey === '') return workloadCertificate;
  return fileCertificate(certificate, privateKey, servers);
}

export function serverTrustBundle({ caCertificates, servers }: ServerCertificates): SdsSecretConfig {
  return caCertificates === '' ? meshTrustBundle : fileTrustBundle(caCertificates, servers);
}
