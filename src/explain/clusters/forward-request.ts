import { isIpAddress } from '../../model/ip-address.ts';
import type { Request } from '../../model/scenario.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { Cluster, UpstreamTlsContext } from '../../xds/types.ts';
import type { Connection } from '../request.ts';
import type { Walk } from '../walk.ts';
import type { PlacedEndpoint } from './cluster-endpoints.ts';
import { upstreamTls } from './describe-cluster.ts';
import { selectTransportSocket } from './select-transport-socket.ts';
import type { Upstream } from './upstream.ts';

/** What arrives at the endpoint, which may be another proxy; absent where its address is a name. */
export function forwardRequest(
  { connection }: Walk,
  cluster: Cluster,
  endpoint: PlacedEndpoint,
  upstream: Upstream,
): Request | undefined {
  const { address, portValue } = endpoint.endpoint?.address?.socketAddress ?? {};
  if (address === undefined || portValue === undefined || !isIpAddress(address)) return undefined;
  const target = { address, port: portValue };
  const stream = upstream.http
    ? { ...target, ...upstream.http, protocol: speaksHttp2(cluster) ? ('http2' as const) : connection.protocol }
    : { ...requestOf(connection), ...target };
  const tls = upstreamTls(selectTransportSocket(cluster, endpoint));
  return tls ? inTls(stream, tls) : stream;
}

function inTls(stream: Request, tls: UpstreamTlsContext): Request {
  const { address, port } = stream;
  const sni = tls.sni ?? stream.host?.replace(/:\d+$/, '');
  const alpn = tls.commonTlsContext?.alpnProtocols ?? [];
  return {
    ...(address !== undefined && { address }),
    port,
    protocol: 'tcp',
    tls: 'tls',
    ...(sni !== undefined && sni !== '' && { sni }),
    ...(alpn.length > 0 && { alpn: alpn.join(',') }),
    inside: stream,
  };
}

function speaksHttp2({ typedExtensionProtocolOptions }: Cluster): boolean {
  return Object.values(typedExtensionProtocolOptions ?? {}).some(
    (options) =>
      options['@type'] === typeUrls.httpProtocolOptions &&
      options.explicitHttpConfig?.http2ProtocolOptions !== undefined,
  );
}

/** The bytes as they came in. */
function requestOf({ tls, sni, alpn, inside, ...plain }: Connection): Request {
  return {
    ...plain,
    ...(tls && { tls: 'tls' }),
    ...(sni !== undefined && { sni }),
    ...(alpn.length > 0 && { alpn: alpn.join(',') }),
    ...(inside && { inside: requestOf(inside) }),
  };
}
