import type { ExtensionProvider } from '../../../model/istio/mesh-config.ts';
import type { Mesh } from '../../../registry/mesh.ts';
import type { AccessLog } from '../../../xds/types.ts';
import { findProviderCluster } from '../provider-cluster.ts';
import { meshFileAccessLog, providerFileAccessLog } from './file-access-log.ts';
import { grpcTarget, httpGrpcAccessLog, peerState, tcpGrpcAccessLog } from './grpc-access-log.ts';
import { openTelemetryAccessLog } from './open-telemetry-access-log.ts';

/** The access log of an extension provider; absent where the provider logs nothing or its service is unknown. */
export function providerAccessLog(mesh: Mesh, provider: ExtensionProvider): AccessLog | undefined {
  if (provider.envoyFileAccessLog) return fileLog(mesh, provider.name, provider.envoyFileAccessLog);
  if (provider.envoyHttpAls) {
    const settings = provider.envoyHttpAls;
    const target = findProviderCluster(mesh, settings);
    return (
      target &&
      httpGrpcAccessLog({
        ...grpcLog(settings, 'http_envoy_accesslog'),
        envoyGrpc: grpcTarget(target),
        requestHeaders: settings.additionalRequestHeadersToLog ?? [],
        responseHeaders: settings.additionalResponseHeadersToLog ?? [],
        responseTrailers: settings.additionalResponseTrailersToLog ?? [],
      })
    );
  }
  if (provider.envoyTcpAls) {
    const target = findProviderCluster(mesh, provider.envoyTcpAls);
    return (
      target &&
      tcpGrpcAccessLog({ ...grpcLog(provider.envoyTcpAls, 'tcp_envoy_accesslog'), envoyGrpc: grpcTarget(target) })
    );
  }
  if (provider.envoyOtelAls) {
    const target = findProviderCluster(mesh, provider.envoyOtelAls);
    return target && openTelemetryAccessLog(provider.envoyOtelAls, target);
  }
  return undefined;
}

/** The built-in provider, named "envoy", takes its format from the mesh configuration unless it was given one. */
function fileLog(
  mesh: Mesh,
  name: string | undefined,
  settings: NonNullable<ExtensionProvider['envoyFileAccessLog']>,
): AccessLog {
  if (name === 'envoy' && !settings.logFormat && !settings.omitEmptyValues) {
    return meshFileAccessLog(settings.path ?? '', mesh.configuration);
  }
  return providerFileAccessLog(settings);
}

function grpcLog(
  settings: { readonly logName?: string; readonly filterStateObjectsToLog?: readonly string[] },
  defaultName: string,
): { readonly logName: string; readonly filterState: readonly string[] } {
  const { filterStateObjectsToLog = [] } = settings;
  return {
    logName: settings.logName || defaultName,
    filterState: filterStateObjectsToLog.length > 0 ? filterStateObjectsToLog : peerState,
  };
}
