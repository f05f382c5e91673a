import { typeUrls } from '../../xds/type-urls.ts';
import type {
  CircuitBreakers,
  Cluster,
  OutlierDetection,
  TransportSocket,
  UpstreamTlsContext,
} from '../../xds/types.ts';

/** What the cluster does with a connection: TLS as its endpoint gets it, load balancing, limits. One sentence each. */
export function describeCluster(cluster: Cluster, tls: UpstreamTlsContext | undefined): readonly string[] {
  return [
    ...describeTls(cluster, tls),
    ...describeFamily(cluster),
    ...describeBalancing(cluster),
    ...describeHttpVersion(cluster),
    ...(cluster.connectTimeout === undefined ? [] : [`A connection must be made within ${cluster.connectTimeout}.`]),
    ...describeLimits(cluster.circuitBreakers),
    ...describeOutliers(cluster.outlierDetection),
  ];
}

/** The TLS that the cluster starts itself; absent for plain text. */
export function upstreamTls(socket: TransportSocket | undefined): UpstreamTlsContext | undefined {
  const config = socket?.typedConfig;
  return config?.['@type'] === typeUrls.upstreamTlsContext ? config : undefined;
}

/** Istio's own certificate: mutual TLS between proxies, which may hold the application's TLS. */
export function isMeshTls({ commonTlsContext }: UpstreamTlsContext): boolean {
  return (commonTlsContext?.tlsCertificateSdsSecretConfigs ?? []).some(({ name }) => name === 'default');
}

function describeTls(
  { transportSocket, transportSocketMatches = [] }: Cluster,
  tls: UpstreamTlsContext | undefined,
): readonly string[] {
  const byEndpoint = transportSocketMatches.some((match) => upstreamTls(match.transportSocket) !== undefined);
  if (!byEndpoint || transportSocket) return tls ? [tlsText(tls)] : [];
  return [
    tls
      ? `${tlsText(tls)} Endpoints without a proxy get plain text.`
      : 'The endpoint is not known to have a proxy, so it gets plain text; one with a proxy would get mutual TLS.',
  ];
}

function tlsText(tls: UpstreamTlsContext): string {
  if (isMeshTls(tls)) return 'The proxy starts mutual TLS with the certificate of the mesh.';
  const sni = tls.sni === undefined || tls.sni === '' ? 'the requested host as' : `${tls.sni} as`;
  const { commonTlsContext: common } = tls;
  const own = (common?.tlsCertificateSdsSecretConfigs ?? common?.tlsCertificates ?? []).length > 0;
  const validates =
    common?.validationContext ?? common?.validationContextSdsSecretConfig ?? common?.combinedValidationContext;
  return `The proxy starts TLS with ${sni} server name${own ? ', presents a client certificate' : ''}${
    validates ? '' : ', and does not verify the server’s certificate'
  }.`;
}

function describeFamily({ dnsLookupFamily, type }: Cluster): readonly string[] {
  if (type !== 'STRICT_DNS' && type !== 'LOGICAL_DNS') return [];
  if (dnsLookupFamily === 'V4_ONLY') return [];
  if (dnsLookupFamily === 'V6_ONLY')
    return ['Only IPv6 addresses are asked for: a name without any leaves the cluster empty (UH).'];
  return [`Addresses are asked for by the rule ${dnsLookupFamily ?? 'AUTO'}.`];
}

function describeBalancing({ lbPolicy, loadBalancingPolicy }: Cluster): readonly string[] {
  if (lbPolicy === 'CLUSTER_PROVIDED') return [];
  if (loadBalancingPolicy) {
    const names = (loadBalancingPolicy.policies ?? []).map(
      ({ typedExtensionConfig }) => typedExtensionConfig?.name ?? '',
    );
    return [`Load balancing: ${names.join(', ')}.`];
  }
  return [`Load balancing: ${lbPolicy ?? 'ROUND_ROBIN'}.`];
}

function describeHttpVersion({ typedExtensionProtocolOptions }: Cluster): readonly string[] {
  const options = Object.values(typedExtensionProtocolOptions ?? {}).find(
    (candidate) => candidate['@type'] === typeUrls.httpProtocolOptions,
  );
  if (options?.['@type'] !== typeUrls.httpProtocolOptions) return [];
  if (options.explicitHttpConfig?.http2ProtocolOptions) return ['HTTP requests go upstream as HTTP/2.'];
  if (options.useDownstreamProtocolConfig) return ['HTTP requests go upstream in the version they arrive in.'];
  return [];
}

/** istiod writes this where nothing limits. */
const unlimited = 4_294_967_295;

function describeLimits(breakers: CircuitBreakers | undefined): readonly string[] {
  const [limits] = breakers?.thresholds ?? [];
  if (!limits) return [];
  const texts = (
    [
      [limits.maxConnections, 'connections'],
      [limits.maxPendingRequests, 'pending requests'],
      [limits.maxRequests, 'requests'],
      [limits.maxRetries, 'retries'],
    ] as const
  ).flatMap(([limit, what]) => (limit === undefined || limit === unlimited ? [] : [`${limit} ${what}`]));
  return texts.length === 0 ? [] : [`Circuit breakers: at most ${texts.join(', ')} at a time; above that UO, 503.`];
}

function describeOutliers(detection: OutlierDetection | undefined): readonly string[] {
  if (!detection) return [];
  const { consecutive5xx, consecutiveGatewayFailure, baseEjectionTime, maxEjectionPercent } = detection;
  const errors = [
    ...(consecutive5xx ? [`${consecutive5xx} errors in a row`] : []),
    ...(consecutiveGatewayFailure ? [`${consecutiveGatewayFailure} gateway errors in a row`] : []),
  ];
  if (errors.length === 0) return [];
  const most = maxEjectionPercent === undefined ? '' : `, at most ${maxEjectionPercent} % of them`;
  return [`An endpoint is ejected for ${baseEjectionTime ?? '30s'} after ${errors.join(' or ')}${most}.`];
}
