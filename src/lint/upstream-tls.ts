import type { Cluster, TransportSocket, UpstreamTlsContext } from '../xds/types.ts';

/** The TLS that a cluster wraps every connection in; absent where it is plain text, or depends on the endpoint. */
export function upstreamTlsOf({ transportSocket }: Cluster): UpstreamTlsContext | undefined {
  return contextOf(transportSocket);
}

function contextOf(socket: TransportSocket | undefined): UpstreamTlsContext | undefined {
  const config = socket?.typedConfig as (UpstreamTlsContext & Wrapped) | undefined;
  // The PROXY protocol is a socket around the one that encrypts.
  return config?.transportSocket ? contextOf(config.transportSocket) : config?.commonTlsContext && config;
}

interface Wrapped {
  readonly transportSocket?: TransportSocket;
}

/** How far the server's certificate is looked at. */
export type Verification =
  /** Not at all. */
  | 'none'
  /** Anybody's certificate will do that one of the operating system's authorities has signed. */
  | 'system-authorities'
  /** Authorities that were chosen for the purpose. */
  | 'chosen-authorities';

export function verificationOf({ commonTlsContext }: UpstreamTlsContext): Verification {
  const { combinedValidationContext, validationContextSdsSecretConfig: alone } = commonTlsContext ?? {};
  const secret = combinedValidationContext?.validationContextSdsSecretConfig ?? alone;
  if (!secret) return 'none';
  return secret.name === 'file-root:system' ? 'system-authorities' : 'chosen-authorities';
}

/** Whether the certificate must bear a name: a fixed one, or that of the request. */
export function verifiesName(context: UpstreamTlsContext, cluster: Cluster): boolean {
  const validation = context.commonTlsContext?.combinedValidationContext?.defaultValidationContext;
  if (validation?.matchTypedSubjectAltNames?.length || validation?.matchSubjectAltNames?.length) return true;
  return httpOptionsOf(cluster)?.autoSanValidation === true;
}

/** What Envoy is told of HTTP upstream, as far as it concerns names. */
export function httpOptionsOf(
  cluster: Cluster,
): { readonly autoSni?: boolean; readonly autoSanValidation?: boolean } | undefined {
  const options = cluster.typedExtensionProtocolOptions?.[httpOptionsName] as
    | { readonly upstreamHttpProtocolOptions?: { readonly autoSni?: boolean; readonly autoSanValidation?: boolean } }
    | undefined;
  return options && (options.upstreamHttpProtocolOptions ?? {});
}

const httpOptionsName = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

export function isDynamicForwardProxyCluster({ clusterType }: Cluster): boolean {
  return clusterType?.name === 'envoy.clusters.dynamic_forward_proxy';
}
