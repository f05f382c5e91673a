import type { MeshConfig } from '../../../model/istio/mesh-config.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { Any, MetricConfig } from '../../../xds/types.ts';
import type { ListenerClass } from '../listener-class.ts';
import { findProvider } from './find-provider.ts';
import type { MetricOverride, MetricsSelection } from './merge-metrics.ts';

/** The same filter serves HTTP and TCP. */
export interface StatsFilter {
  readonly name: 'istio.stats';
  readonly typedConfig: Any;
}

/** Istio's names of its metrics → the names under which Prometheus sees them. */
const prometheusNames: Readonly<Record<string, string>> = {
  REQUEST_COUNT: 'requests_total',
  REQUEST_DURATION: 'request_duration_milliseconds',
  REQUEST_SIZE: 'request_bytes',
  RESPONSE_SIZE: 'response_bytes',
  TCP_OPENED_CONNECTIONS: 'tcp_connections_opened_total',
  TCP_CLOSED_CONNECTIONS: 'tcp_connections_closed_total',
  TCP_SENT_BYTES: 'tcp_sent_bytes_total',
  TCP_RECEIVED_BYTES: 'tcp_received_bytes_total',
  GRPC_REQUEST_MESSAGES: 'request_messages_total',
  GRPC_RESPONSE_MESSAGES: 'response_messages_total',
};

/** One filter for each Prometheus provider, in the order of their names; other providers measure nothing. */
export function buildStatsFilters(
  mesh: MeshConfig,
  selection: ReadonlyMap<string, MetricsSelection>,
  listenerClass: ListenerClass,
): readonly StatsFilter[] {
  return [...selection]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name, { disabled }]) => !disabled && findProvider(mesh, name)?.prometheus)
    .map(([, metrics]) => ({ name: 'istio.stats', typedConfig: statsConfig(metrics, listenerClass) }));
}

function statsConfig(selection: MetricsSelection, listenerClass: ListenerClass): Any {
  const { reportingInterval, overrides } = selection;
  return {
    '@type': typeUrls.istioStats,
    // Only a client knows the host it asked for; elsewhere the Host header is not to be trusted as a label.
    ...(listenerClass !== 'sidecar-outbound' && { disableHostHeaderFallback: true }),
    ...(listenerClass === 'waypoint' && { reporter: 'SERVER_GATEWAY' }),
    ...(reportingInterval !== undefined && { tcpReportingDuration: reportingInterval }),
    ...(overrides.length > 0 && { metrics: overrides.map(metricConfig) }),
  };
}

function metricConfig({ metric, disabled, tags }: MetricOverride): MetricConfig {
  const dimensions: Record<string, string> = {};
  const removed: string[] = [];
  for (const [tag, value] of tags) {
    if (value === undefined) removed.push(tag);
    else dimensions[tag] = value;
  }
  return {
    name: prometheusNames[metric] ?? metric,
    ...(Object.keys(dimensions).length > 0 && { dimensions }),
    ...(removed.length > 0 && { tagsToRemove: removed }),
    ...(disabled && { drop: true }),
  };
}
