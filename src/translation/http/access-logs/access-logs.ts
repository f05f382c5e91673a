import type { Mesh } from '../../../registry/mesh.ts';
import type { AccessLog, AccessLogFilter } from '../../../xds/types.ts';
import { findProvider } from '../telemetry/find-provider.ts';
import type { LoggingSelection } from '../telemetry/merge-access-logging.ts';
import {
  allFilters,
  expressionFilter,
  noFilterChainFilter,
  refusedRequestFilter,
  upstreamFailureFilter,
} from './access-log-filter.ts';
import { meshFileAccessLog } from './file-access-log.ts';
import { accessLogService } from './grpc-access-log.ts';
import { providerAccessLog } from './provider-access-log.ts';

/** The access logs of one class of listeners: those of HTTP connection managers, TCP proxies and the listeners themselves. */
export interface AccessLogs {
  readonly http: readonly AccessLog[];
  readonly tcp: readonly AccessLog[];
  readonly listener: readonly AccessLog[];
  /** Of the proxies that open HBONE tunnels. */
  readonly tunnel: readonly AccessLog[];
  /** Of the connection managers that end them. */
  readonly tunnelEnd: readonly AccessLog[];
}

/**
 * Logs as the Telemetry API says; where it names no usable provider, as the mesh configuration says.
 * Source: istio `pilot/pkg/networking/core/accesslog.go`.
 */
export function buildAccessLogs(mesh: Mesh, selection: ReadonlyMap<string, LoggingSelection>): AccessLogs {
  const { disableEnvoyListenerLog = false } = mesh.configuration;
  const logs = telemetryLogs(mesh, selection) ?? meshLogs(mesh);
  return disableEnvoyListenerLog ? { ...logs, listener: [] } : logs;
}

/** Absent where no selected provider can log: then the mesh configuration counts, even against a disabled log. */
function telemetryLogs(mesh: Mesh, selection: ReadonlyMap<string, LoggingSelection>): AccessLogs | undefined {
  const usable = [...selection].flatMap(([name, selected]) => {
    const provider = findProvider(mesh.configuration, name);
    const log = provider && providerAccessLog(mesh, provider);
    return log ? [{ name: provider.name ?? '', log, selected }] : [];
  });
  if (usable.length === 0) return undefined;
  usable.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const enabled = usable.filter(({ selected }) => !selected.disabled);
  const withFilters = (always: readonly AccessLogFilter[]): readonly AccessLog[] =>
    enabled.map(({ log, selected: { expression } }) => {
      const filter = allFilters([...always, ...(expression === undefined ? [] : [expressionFilter(expression)])]);
      return filter ? { ...log, filter } : log;
    });
  const all = withFilters([]);
  return {
    http: all,
    tcp: all,
    listener: withFilters([noFilterChainFilter]),
    tunnel: withFilters([upstreamFailureFilter]),
    tunnelEnd: withFilters([refusedRequestFilter]),
  };
}

function meshLogs(mesh: Mesh): AccessLogs {
  const { accessLogFile, enableEnvoyAccessLogService } = mesh.configuration;
  const file = accessLogFile ? [meshFileAccessLog(accessLogFile, mesh.configuration)] : [];
  const service = (log: AccessLog): readonly AccessLog[] => (enableEnvoyAccessLogService ? [log] : []);
  const filtered =
    (filter: AccessLogFilter) =>
    (log: AccessLog): AccessLog => ({ ...log, filter });
  return {
    http: [...file, ...service(accessLogService.http)],
    tcp: [...file, ...service(accessLogService.tcp)],
    listener: [...file, ...service(accessLogService.listener)].map(filtered(noFilterChainFilter)),
    tunnel: file.map(filtered(upstreamFailureFilter)),
    tunnelEnd: file.map(filtered(refusedRequestFilter)),
  };
}
