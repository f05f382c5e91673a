import type { ProxyConfig } from '../../../model/istio/mesh-config.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { frozen } from '../../../xds/frozen.ts';
import { type AccessLogs, buildAccessLogs } from '../access-logs/access-logs.ts';
import type { ListenerClass } from '../listener-class.ts';
import { buildTracing, type Tracing } from '../tracing/build-tracing.ts';
import { mergeAccessLogging } from './merge-access-logging.ts';
import { mergeMetrics } from './merge-metrics.ts';
import { mergeTracing } from './merge-tracing.ts';
import { selectTelemetries, type TelemetrySpec } from './select-telemetries.ts';
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
  const telemetries = selectTelemetries(view);
  const forClass = (listenerClass: ListenerClass): ClassTelemetry =>
    buildClassTelemetry(view, { proxyConfig, telemetries, listenerClass });
  const inbound = forClass('sidecar-inbound');
  return {
    'sidecar-inbound': inbound,
    'sidecar-outbound': forClass('sidecar-outbound'),
    gateway: forClass('gateway'),
    waypoint: view.proxy.type === 'waypoint' ? forClass('waypoint') : inbound,
  };
}

/** Telemetry of what a waypoint does for a service: resources may be attached to the service alone. Built once for each set. */
export function indexServiceTelemetry(view: ProxyView, proxyConfig: ProxyConfig): (service: Service) => ClassTelemetry {
  const numbers = new Map(view.mesh.resources.Telemetry.map(({ spec }, number) => [spec, number]));
  const built = new Map<string, ClassTelemetry>();
  return (service) => {
    const telemetries = selectTelemetries(view, service);
    const own = view.mesh.profile.waypointsTraceAsThemselves ? '' : service.hostname;
    const key = [own, ...telemetries.map((spec) => numbers.get(spec))].join(' ');
    const known = built.get(key);
    if (known) return known;
    const telemetry = buildClassTelemetry(view, { proxyConfig, telemetries, listenerClass: 'waypoint', service });
    built.set(key, telemetry);
    return telemetry;
  };
}

interface ClassTelemetryInput {
  readonly proxyConfig: ProxyConfig;
  readonly telemetries: readonly TelemetrySpec[];
  readonly listenerClass: ListenerClass;
  readonly service?: Service;
}

function buildClassTelemetry(
  view: ProxyView,
  { proxyConfig, telemetries, listenerClass, service }: ClassTelemetryInput,
): ClassTelemetry {
  const { mesh } = view;
  const { configuration } = mesh;
  return frozen({
    accessLogs: buildAccessLogs(mesh, mergeAccessLogging(telemetries, configuration, listenerClass)),
    tracing: buildTracing(view, {
      proxyConfig,
      selection: mergeTracing(telemetries, configuration, listenerClass),
      service,
    }),
    statsFilters: buildStatsFilters(
      configuration,
      mergeMetrics(telemetries, configuration, listenerClass),
      listenerClass,
    ),
  });
}
