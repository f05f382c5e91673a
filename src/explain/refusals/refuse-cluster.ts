import { isIpAddress } from '../../model/ip-address.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { Any, Cluster, CommonTlsContext, DataSource } from '../../xds/types.ts';
import { discoveryOf, endpointsIn } from '../clusters/cluster-endpoints.ts';

/** Why Envoy does not load this cluster; absent where it does. The text is one sentence. */
export function refuseCluster(cluster: Cluster, files: ReadonlySet<string>): string | undefined {
  return (
    refuseForwardProxy(cluster) ?? refuseBalancing(cluster) ?? refuseEndpoints(cluster) ?? refuseFiles(cluster, files)
  );
}

/**
 * A dynamic forward proxy connects to whatever name the client gives, so Envoy wants the certificate checked against it.
 * Without HTTP options of its own the cluster gets both settings. Source: envoy `source/extensions/clusters/dynamic_forward_proxy/cluster.cc`.
 */
function refuseForwardProxy({
  clusterType,
  typedExtensionProtocolOptions,
  upstreamHttpProtocolOptions,
}: Cluster): string | undefined {
  const config = clusterType?.typedConfig;
  if (config?.['@type'] !== typeUrls.dynamicForwardProxyClusterConfig) return undefined;
  if (config.allowInsecureClusterOptions) return undefined;
  const typed = Object.values(typedExtensionProtocolOptions ?? {}).find(isHttpOptions);
  const secure = { autoSni: true, autoSanValidation: true };
  const options = typed ? typed.upstreamHttpProtocolOptions : (upstreamHttpProtocolOptions ?? secure);
  if (options?.autoSni && options.autoSanValidation) return undefined;
  return 'A dynamic_forward_proxy cluster must have auto_sni and auto_san_validation true unless allow_insecure_cluster_options is set, and this one’s HTTP options leave them out.';
}

function refuseBalancing({ type, lbPolicy = 'ROUND_ROBIN', loadBalancingPolicy }: Cluster): string | undefined {
  if (type !== 'ORIGINAL_DST' || loadBalancingPolicy || lbPolicy === 'CLUSTER_PROVIDED') return undefined;
  return `The load balancing policy ${lbPolicy} is not valid for a cluster of type ORIGINAL_DST; only CLUSTER_PROVIDED is.`;
}

function isHttpOptions(options: Any): options is Extract<Any, { '@type': typeof typeUrls.httpProtocolOptions }> {
  return options['@type'] === typeUrls.httpProtocolOptions;
}

function refuseEndpoints(cluster: Cluster): string | undefined {
  const discovery = discoveryOf(cluster);
  const endpoints = endpointsIn(cluster.loadAssignment);
  if (discovery === 'LOGICAL_DNS' && endpoints.length !== 1)
    return `A LOGICAL_DNS cluster must have exactly one endpoint, and this one has ${endpoints.length}.`;
  if (discovery !== 'STATIC') return undefined;
  const named = endpoints.find(({ endpoint }) => {
    const address = endpoint?.address?.socketAddress?.address;
    return address !== undefined && !isIpAddress(address);
  });
  const host = named?.endpoint?.address?.socketAddress?.address;
  return host === undefined ? undefined : `A STATIC cluster’s endpoints must be IP addresses, and ${host} is none.`;
}

/** What is not fetched as a secret is read when the cluster is loaded. */
function refuseFiles(
  { transportSocket, transportSocketMatches = [] }: Cluster,
  files: ReadonlySet<string>,
): string | undefined {
  const sockets = [transportSocket, ...transportSocketMatches.map((match) => match.transportSocket)];
  for (const socket of sockets) {
    const config = socket?.typedConfig;
    if (config?.['@type'] !== typeUrls.upstreamTlsContext) continue;
    const missing = namedFiles(config.commonTlsContext ?? {}).find((file) => !files.has(file));
    if (missing !== undefined) return `It reads the file ${missing}, which is not known to exist beside the proxy.`;
  }
  return undefined;
}

function namedFiles({
  validationContext,
  combinedValidationContext,
  tlsCertificates = [],
}: CommonTlsContext): readonly string[] {
  const contexts = [validationContext, combinedValidationContext?.defaultValidationContext];
  const sources: readonly (DataSource | undefined)[] = [
    ...contexts.flatMap((context) => [context?.trustedCa, context?.crl]),
    ...tlsCertificates.flatMap(({ certificateChain, privateKey }) => [certificateChain, privateKey]),
  ];
  return sources.flatMap((source) => (source?.filename === undefined ? [] : [source.filename]));
}
