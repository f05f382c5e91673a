import type { ExtensionProvider } from '../../../model/istio/mesh-config.ts';
import type { Proxy } from '../../../model/proxy.ts';
import type { Mesh } from '../../../registry/mesh.ts';
import type { Any, HttpConnectionManagerTracing } from '../../../xds/types.ts';
import { findProviderCluster } from '../provider-cluster.ts';
import { httpService } from './http-service.ts';
import { openTelemetryConfig } from './open-telemetry-tracer.ts';
import type { TracedBy } from './traced-by.ts';

/** What a tracing provider contributes to a connection manager. */
export interface Tracer {
  readonly settings: Pick<HttpConnectionManagerTracing, 'provider' | 'maxPathTagLength' | 'spawnUpstreamSpan'>;
  /** The provider decides which spans to keep: Envoy must hand it all of them. */
  readonly samplesItself: boolean;
}

/** Absent where the provider does not trace or its service is unknown: then nothing is traced. */
export function buildTracer(provider: ExtensionProvider, by: TracedBy): Tracer | undefined {
  const found = tracerOf(provider, by);
  // A gateway is a hop of its own between two spans.
  return found && by.proxy.type === 'router'
    ? { ...found, settings: { ...found.settings, spawnUpstreamSpan: true } }
    : found;
}

function tracerOf(provider: ExtensionProvider, { mesh, proxy, serviceName }: TracedBy): Tracer | undefined {
  if (provider.zipkin) {
    return tracer('zipkin', zipkinConfig(mesh, proxy, provider.zipkin), { maxTagLength: provider.zipkin.maxTagLength });
  }
  if (provider.datadog) {
    const target = findProviderCluster(mesh, provider.datadog);
    const config: Any | undefined = target && {
      '@type': 'type.googleapis.com/envoy.config.trace.v3.DatadogConfig',
      collectorCluster: target.cluster,
      collectorHostname: target.hostname,
      ...(serviceName !== '' && { serviceName }),
    };
    return tracer('datadog', config, { maxTagLength: provider.datadog.maxTagLength });
  }
  if (provider.skywalking) {
    const target = findProviderCluster(mesh, provider.skywalking);
    const config: Any | undefined = target && {
      '@type': 'type.googleapis.com/envoy.config.trace.v3.SkyWalkingConfig',
      grpcService: { envoyGrpc: { clusterName: target.cluster, authority: target.hostname } },
    };
    return tracer('skywalking', config, { spawnUpstreamSpan: true });
  }
  if (provider.opentelemetry) {
    return tracer('opentelemetry', openTelemetryConfig({ mesh, proxy, serviceName }, provider.opentelemetry), {
      maxTagLength: provider.opentelemetry.maxTagLength,
      samplesItself: provider.opentelemetry.dynatraceSampler !== undefined,
    });
  }
  return undefined;
}

interface TracerOptions {
  readonly maxTagLength?: number | undefined;
  readonly spawnUpstreamSpan?: boolean;
  readonly samplesItself?: boolean;
}

function tracer(name: string, typedConfig: Any | undefined, options: TracerOptions): Tracer | undefined {
  if (!typedConfig) return undefined;
  const { maxTagLength, spawnUpstreamSpan, samplesItself = false } = options;
  return {
    settings: {
      ...(maxTagLength && { maxPathTagLength: maxTagLength }),
      provider: { name: `envoy.tracers.${name}`, typedConfig },
      ...(spawnUpstreamSpan && { spawnUpstreamSpan: true }),
    },
    samplesItself,
  };
}

const isAtLeast = ({ istioVersion: [major, minor] }: Proxy, wanted: number): boolean =>
  major > 1 || (major === 1 && minor >= wanted);

/** Proxies before 1.29 name the collector in fields of their own; before 1.28 they know B3 headers only. */
function zipkinConfig(mesh: Mesh, proxy: Proxy, settings: NonNullable<ExtensionProvider['zipkin']>): Any | undefined {
  const target = findProviderCluster(mesh, settings);
  if (!target) return undefined;
  const { hostname, cluster } = target;
  const path = settings.path || '/api/v2/spans';
  const { timeout = '5s', headers } = settings;
  const collector = isAtLeast(proxy, 29)
    ? {
        collectorService: httpService({
          uri: `http://${hostname}${path}`,
          cluster,
          timeout,
          ...(headers && { headers }),
        }),
      }
    : { collectorCluster: cluster, collectorEndpoint: path, collectorHostname: hostname };
  return {
    '@type': 'type.googleapis.com/envoy.config.trace.v3.ZipkinConfig',
    ...collector,
    collectorEndpointVersion: 'HTTP_JSON',
    sharedSpanContext: false,
    ...(!settings.enable64bitTraceId && { traceId128bit: true }),
    ...(settings.traceContextOption === 'USE_B3_WITH_W3C_PROPAGATION' &&
      isAtLeast(proxy, 28) && { traceContextOption: 'USE_B3_WITH_W3C_PROPAGATION' }),
  };
}
