import type { ExtensionProvider } from '../../../model/istio/mesh-config.ts';
import type { Proxy } from '../../../model/proxy.ts';
import type { Mesh } from '../../../registry/mesh.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { Any, OpenTelemetryConfig, TypedExtensionConfig } from '../../../xds/types.ts';
import { findProviderCluster, type ProviderCluster } from '../provider-cluster.ts';
import { httpService, joinPath } from './http-service.ts';
import type { TracedBy } from './traced-by.ts';

type Settings = NonNullable<ExtensionProvider['opentelemetry']>;

/** Absent where a service that the provider names is unknown. */
export function openTelemetryConfig({ mesh, proxy, serviceName }: TracedBy, settings: Settings): Any | undefined {
  const target = findProviderCluster(mesh, settings);
  if (!target) return undefined;
  const sampler = settings.dynatraceSampler && dynatraceSampler(mesh, settings, target);
  if (settings.dynatraceSampler && !sampler) return undefined;
  const detectors = resourceDetectors(settings);
  return {
    '@type': typeUrls.openTelemetryConfig,
    ...exporter(settings, target),
    ...(serviceName !== '' && { serviceName }),
    ...(settings.serviceAttributeEnrichment === 'OTEL_SEMANTIC_CONVENTIONS' && { serviceName: workloadService(proxy) }),
    ...(detectors.length > 0 && { resourceDetectors: detectors }),
    ...(sampler && { sampler }),
  };
}

function exporter(settings: Settings, { hostname, cluster }: ProviderCluster): OpenTelemetryConfig {
  const { http, grpc } = settings;
  if (http) {
    const uri = joinPath(hostname, http.path ?? '');
    const { timeout, headers } = http;
    return {
      httpService: httpService({
        uri,
        cluster,
        ...(timeout !== undefined && { timeout }),
        ...(headers && { headers }),
      }),
    };
  }
  const metadata = (grpc?.initialMetadata ?? []).map(({ name, value }) => ({ key: name ?? '', value: value ?? '' }));
  return {
    grpcService: {
      envoyGrpc: { clusterName: cluster, authority: hostname },
      ...(grpc?.timeout !== undefined && { timeout: grpc.timeout }),
      ...(metadata.length > 0 && { initialMetadata: metadata }),
    },
  };
}

const environmentDetector: TypedExtensionConfig = {
  name: 'envoy.tracers.opentelemetry.resource_detectors.environment',
  typedConfig: {
    '@type':
      'type.googleapis.com/envoy.extensions.tracers.opentelemetry.resource_detectors.v3.EnvironmentResourceDetectorConfig',
  },
};
const dynatraceDetector: TypedExtensionConfig = {
  name: 'envoy.tracers.opentelemetry.resource_detectors.dynatrace',
  typedConfig: {
    '@type':
      'type.googleapis.com/envoy.extensions.tracers.opentelemetry.resource_detectors.v3.DynatraceResourceDetectorConfig',
  },
};

/** Semantic conventions need the environment's attributes, whether asked for or not. */
function resourceDetectors(settings: Settings): readonly TypedExtensionConfig[] {
  const { environment, dynatrace } = settings.resourceDetectors ?? {};
  const conventions = settings.serviceAttributeEnrichment === 'OTEL_SEMANTIC_CONVENTIONS';
  return [
    ...(environment ? [environmentDetector] : []),
    ...(dynatrace ? [dynatraceDetector] : []),
    ...(conventions && !environment ? [environmentDetector] : []),
  ];
}

/** The sampler asks Dynatrace's own service, or where none is named, the one that the HTTP exporter sends to. */
function dynatraceSampler(
  mesh: Mesh,
  settings: Settings,
  exporterTarget: ProviderCluster,
): TypedExtensionConfig | undefined {
  const sampler = settings.dynatraceSampler ?? {};
  const own = sampler.httpService;
  const target = own ? findProviderCluster(mesh, own) : exporterTarget;
  const http = own ? own.http : settings.http;
  if (!target || !http) return undefined;
  const { timeout, headers } = http;
  const path = own ? (own.http?.path ?? '') : 'api/v2/samplingConfiguration';
  return {
    name: 'envoy.tracers.opentelemetry.samplers.dynatrace',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.tracers.opentelemetry.samplers.v3.DynatraceSamplerConfig',
      ...(sampler.tenant && { tenant: sampler.tenant }),
      ...(sampler.clusterId && { clusterId: sampler.clusterId }),
      httpService: httpService({
        uri: joinPath(target.hostname, path),
        cluster: target.cluster,
        ...(timeout !== undefined && { timeout }),
        ...(headers && { headers }),
      }),
      ...(sampler.rootSpansPerMinute && { rootSpansPerMinute: sampler.rootSpansPerMinute }),
    },
  };
}

/** The service name by OpenTelemetry's Kubernetes conventions: annotation, labels, owner, pod, container. */
function workloadService({ labels, metadata, name }: Proxy): string {
  const annotations = metadata.ANNOTATIONS as Readonly<Record<string, string>> | undefined;
  const containers = typeof metadata.APP_CONTAINERS === 'string' ? metadata.APP_CONTAINERS : '';
  return (
    annotations?.['resource.opentelemetry.io/service.name'] ||
    labels['app.kubernetes.io/instance'] ||
    labels['app.kubernetes.io/name'] ||
    (typeof metadata.WORKLOAD_NAME === 'string' && metadata.WORKLOAD_NAME) ||
    name ||
    (!containers.includes(',') && containers) ||
    'unknown_service'
  );
}
