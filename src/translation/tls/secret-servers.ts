import type { SDSProvider } from '../../model/istio/extension-provider.ts';
import type { Proxy } from '../../model/proxy.ts';
import { findProviderHost } from '../../registry/find-provider-host.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { outboundName } from '../../xds/resource-name.ts';

/** The cluster for the socket of a secret server that runs beside the proxy. */
export const externalSdsCluster = 'sds-external';

/** Which servers of secrets a proxy has beside its agent and istiod. */
export interface SecretServers {
  /** Node metadata `credential`: a socket answers for `sds://` credentials. */
  readonly credentialSocket: boolean;
  /** Node metadata `file-credential`: a socket serves mounted files. */
  readonly fileSocket: boolean;
  /** Who answers for a credential, and to which name. */
  serverOf(credentialName: string): SecretServer;
}

export type SecretServer =
  | { readonly from: 'istiod'; readonly secretName: string }
  | ({ readonly from: 'cluster'; readonly secretName: string } & SecretCluster)
  /** No service stands for the extension provider. */
  | { readonly from: 'nobody' };

export interface SecretCluster {
  readonly cluster: string;
  /** The host that requests name. */
  readonly authority?: string;
}

/** How a credential that does not come from istiod begins. */
const externalPrefix = 'sds://';

/**
 * An extension provider of type `sds` serves such credentials to servers; clients never ask one. Before Istio 1.30 it was
 * the provider that the credential names, and it came before the socket. Source: istio `pilot/pkg/security/model/authentication.go`,
 * ConstructSdsSecretConfigForCredential.
 */
export function readSecretServers(
  { mesh, proxy }: { readonly mesh: Mesh; readonly proxy: Pick<Proxy, 'metadata'> },
  side: 'server' | 'client',
): SecretServers {
  const credentialSocket = proxy.metadata['credential'] === 'true';
  const configured = (mesh.configuration.extensionProviders ?? []).flatMap(({ sds }) => sds ?? []);
  const providers = side === 'server' ? configured : [];
  return {
    credentialSocket,
    fileSocket: proxy.metadata['file-credential'] === 'true',
    serverOf(credentialName) {
      if (!credentialName.startsWith(externalPrefix)) return { from: 'istiod', secretName: credentialName };
      const withoutPrefix = credentialName.slice(externalPrefix.length);
      const { namesSecretProviders } = mesh.profile;
      const socket: SecretServer = { from: 'cluster', cluster: externalSdsCluster, secretName: credentialName };
      const provider = namesSecretProviders ? providers.find(({ name }) => name === withoutPrefix) : providers[0];
      if (credentialSocket && !(namesSecretProviders && provider)) return socket;
      const secretName = namesSecretProviders ? credentialName : withoutPrefix;
      if (!provider) return { from: 'istiod', secretName };
      const found = findCluster(mesh, provider);
      return found ? { from: 'cluster', ...found, secretName } : { from: 'nobody' };
    },
  };
}

function findCluster(mesh: Mesh, { service = '', port = 0 }: SDSProvider): SecretCluster | undefined {
  const hostname = findProviderHost(mesh, service);
  if (hostname === undefined) return undefined;
  return { cluster: outboundName(hostname, port), ...(mesh.profile.namesSecretHosts && { authority: hostname }) };
}
