import { typeUrls } from '../../../xds/type-urls.ts';
import type { AccessLog, CommonGrpcAccessLogConfig, GrpcServiceEnvoyGrpc } from '../../../xds/types.ts';
import type { ProviderCluster } from '../provider-cluster.ts';

/** What metadata exchange stores about the two workloads. */
export const peerState = ['upstream_peer', 'downstream_peer'];
/** The same with the keys that proxies before 1.24 used. */
export const peerStateOfAllVersions = [
  ...peerState,
  'wasm.upstream_peer',
  'wasm.upstream_peer_id',
  'wasm.downstream_peer',
  'wasm.downstream_peer_id',
];

/** The cluster that the bootstrap defines for `meshConfig.enableEnvoyAccessLogService`. */
const bootstrapService: GrpcServiceEnvoyGrpc = { clusterName: 'envoy_accesslog_service' };

interface GrpcLog {
  readonly logName: string;
  readonly envoyGrpc: GrpcServiceEnvoyGrpc;
  readonly filterState: readonly string[];
}

export function commonGrpcConfig({ logName, envoyGrpc, filterState }: GrpcLog): CommonGrpcAccessLogConfig {
  return {
    logName,
    grpcService: { envoyGrpc },
    transportApiVersion: 'V3',
    filterStateObjectsToLog: filterState,
  };
}

/** A provider's cluster, asked for under the provider's host name. */
export const grpcTarget = ({ hostname, cluster }: ProviderCluster): GrpcServiceEnvoyGrpc => ({
  clusterName: cluster,
  authority: hostname,
});

export function tcpGrpcAccessLog(log: GrpcLog): AccessLog {
  return {
    name: 'envoy.tcp_grpc_access_log',
    typedConfig: { '@type': typeUrls.tcpGrpcAccessLogConfig, commonConfig: commonGrpcConfig(log) },
  };
}

interface HttpGrpcLog extends GrpcLog {
  readonly requestHeaders?: readonly string[];
  readonly responseHeaders?: readonly string[];
  readonly responseTrailers?: readonly string[];
}

export function httpGrpcAccessLog(log: HttpGrpcLog): AccessLog {
  const { requestHeaders = [], responseHeaders = [], responseTrailers = [] } = log;
  return {
    name: 'envoy.access_loggers.http_grpc',
    typedConfig: {
      '@type': typeUrls.httpGrpcAccessLogConfig,
      commonConfig: commonGrpcConfig(log),
      ...(requestHeaders.length > 0 && { additionalRequestHeadersToLog: requestHeaders }),
      ...(responseHeaders.length > 0 && { additionalResponseHeadersToLog: responseHeaders }),
      ...(responseTrailers.length > 0 && { additionalResponseTrailersToLog: responseTrailers }),
    },
  };
}

const serviceLog = { envoyGrpc: bootstrapService, filterState: peerStateOfAllVersions };

/** The logs of `meshConfig.enableEnvoyAccessLogService`. */
export const accessLogService = {
  http: httpGrpcAccessLog({ logName: 'http_envoy_accesslog', ...serviceLog }),
  tcp: tcpGrpcAccessLog({ logName: 'tcp_envoy_accesslog', ...serviceLog }),
  listener: tcpGrpcAccessLog({ logName: 'listener_envoy_accesslog', ...serviceLog }),
};
