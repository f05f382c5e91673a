import type { ExtensionProvider } from '../../../model/istio/mesh-config.ts';
import type { AccessLog } from '../../../xds/types.ts';
import type { ProviderCluster } from '../provider-cluster.ts';
import { commonGrpcConfig, grpcTarget, peerStateOfAllVersions } from './grpc-access-log.ts';
import { defaultTextFormat, formattersFor } from './log-format.ts';

type OpenTelemetryProvider = NonNullable<ExtensionProvider['envoyOtelAls']>;

/** Sends each log line as an OpenTelemetry record: the text is its body, the labels are its attributes. */
export function openTelemetryAccessLog(provider: OpenTelemetryProvider, target: ProviderCluster): AccessLog {
  const text = provider.logFormat?.text || defaultTextFormat;
  const labels = Object.entries(provider.logFormat?.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const attributes = labels.map(([key, value]) => ({
    key,
    value: { stringValue: typeof value === 'string' ? value : '' },
  }));
  return {
    name: 'envoy.access_loggers.open_telemetry',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig',
      commonConfig: commonGrpcConfig({
        logName: provider.logName || 'otel_envoy_accesslog',
        envoyGrpc: grpcTarget(target),
        filterState: peerStateOfAllVersions,
      }),
      disableBuiltinLabels: true,
      body: { stringValue: text },
      ...(attributes.length > 0 && { attributes: { values: attributes } }),
      ...formattersFor([text, ...labels.map(([, value]) => value)]),
    },
  };
}
