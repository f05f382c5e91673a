import type { ProxyConfig } from '../../../model/istio/mesh-config.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { frozen } from '../../../xds/frozen.ts';
import { type AccessLogs, buildAccessLogs } from '../access-logs/access-logs.ts';
import type { ListenerClass } from '../listener-class.ts';
import { buildTracing, type Tracing } from '../tracing/build-tracing.ts';
import { mergeAccessLogging } from './merge-access-logging.ts';
import { mergeMetrics } from './merge-metrics.ts';
import { mergeTracing } from './merge-tracing.ts';
import { selectTelemetries } from './select-telemetries.ts';
import { buildStatsFilters, type StatsFilter } from './stats-filter.ts';

/** What one class of listeners logs, traces and measures. */
export interface ClassTelemetry {
  readonly accessLogs: AccessLogs;
  readonly tracing: Tracing;
  readonly statsFilters: readonly StatsFilter[];
}

export type Telemetry = Readonly<Record<ListenerClass, ClassTelemetry>>;

/** Telemetry of a proxy, built once: every listener of a class shares its parts. */
export function buildTelemetry(view: ProxyView, proxyConfig: ProxyConfig): Telemetry {
  const { mesh } = view;
  const { configuration } = mesh;
  const telemetries = selectTelemetries(view);
  const forClass = (listenerClass: ListenerClass): ClassTelemetry =>
    frozen({
      accessLogs: buildAccessLogs(mesh, mergeAccessLogging(telemetries, configuration, listenerClass)),
      tracing: buildTracing(view, proxyConfig, mergeTracing(telemetries, configuration, listenerClass)),
      statsFilters: buildStatsFilters(
        configuration,
        mergeMetrics(telemetries, configuration, listenerClass),
        listenerClass,
      ),
    });
  return {
    'sidecar-inbound': forClass('sidecar-inbound'),
    'sidecar-outbound': forClass('sidecar-outbound'),
    gateway: forClass('gateway'),
  };
}
