import { type JsonObject, mapObjects } from './map-objects.ts';
import type { ReportOmission } from './omission.ts';

/**
 * Takes out access logs and tracers that report to a cluster which is not there: Envoy refuses a listener that names one.
 * In a real proxy some of these clusters are part of the bootstrap that Istio's agent writes.
 */
export function leaveOutServices<T>(
  value: T,
  {
    clusters,
    resource,
    report,
  }: { readonly clusters: ReadonlySet<string>; readonly resource: string; readonly report: ReportOmission },
): T {
  return mapObjects(value, (object) => {
    const cluster = reportsTo(object.typedConfig as JsonObject | undefined);
    if (cluster === undefined || clusters.has(cluster)) return object;
    report({ resource, part: String(object.name), reason: `it reports to cluster ${cluster}, which is not there` });
    return undefined;
  });
}

interface GrpcService {
  readonly envoyGrpc?: { readonly clusterName?: string };
}

function reportsTo(config: JsonObject | undefined): string | undefined {
  const type = config?.['@type'];
  if (typeof type !== 'string' || !/\/envoy\.(extensions\.access_loggers|config\.trace)\./.test(type)) return undefined;
  const common = config?.commonConfig as { readonly grpcService?: GrpcService } | undefined;
  const service = (config?.grpcService as GrpcService | undefined) ?? common?.grpcService;
  return service?.envoyGrpc?.clusterName ?? (config?.collectorCluster as string | undefined);
}
