import type { MeshConfig } from '../../../model/istio/mesh-config.ts';
import type { Duration } from '../../../xds/types.ts';
import { isServer, type ListenerClass } from '../listener-class.ts';
import type { TelemetrySpec } from './select-telemetries.ts';

/** What one provider measures for one class of listeners. */
export interface MetricsSelection {
  readonly disabled: boolean;
  readonly reportingInterval?: Duration;
  /** By metric name, in the order of the names. */
  readonly overrides: readonly MetricOverride[];
}

export interface MetricOverride {
  readonly metric: string;
  readonly disabled: boolean;
  /** Tag → its expression, or `undefined` to remove it; in the order of the tags. */
  readonly tags: ReadonlyMap<string, string | undefined>;
}

type Metrics = NonNullable<TelemetrySpec['metrics']>[number];
type Override = NonNullable<Metrics['overrides']>[number];

export const istioMetrics = [
  'GRPC_REQUEST_MESSAGES',
  'GRPC_RESPONSE_MESSAGES',
  'REQUEST_COUNT',
  'REQUEST_DURATION',
  'REQUEST_SIZE',
  'RESPONSE_SIZE',
  'TCP_CLOSED_CONNECTIONS',
  'TCP_OPENED_CONNECTIONS',
  'TCP_RECEIVED_BYTES',
  'TCP_SENT_BYTES',
] as const;

interface Draft {
  disabled: boolean;
  reportingInterval?: Duration;
  readonly metrics: Map<string, { disabled: boolean; readonly tags: Map<string, string | undefined> }>;
}

/**
 * Chooses the metrics providers of one class of listeners and what they override. The last entry that names providers
 * decides which count; an entry without providers goes to those of the entry before it.
 * Source: istio `pilot/pkg/model/telemetry.go`, mergeMetrics.
 */
export function mergeMetrics(
  telemetries: readonly TelemetrySpec[],
  mesh: MeshConfig,
  listenerClass: ListenerClass,
): ReadonlyMap<string, MetricsSelection> {
  const entries = telemetries.flatMap((spec) => spec.metrics ?? []);
  let providers: readonly string[] = mesh.defaultProviders?.metrics ?? [];
  const drafts = new Map<string, Draft>();
  if (entries.length === 0) for (const name of providers) drafts.set(name, newDraft());
  const inScope = new Set(entries.map(namesOf).findLast((names) => names.length > 0) ?? providers);
  for (const entry of entries) {
    const named = namesOf(entry);
    if (named.length > 0) providers = named;
    for (const name of providers.filter((provider) => inScope.has(provider))) {
      const draft = drafts.get(name) ?? newDraft();
      drafts.set(name, draft);
      if (entry.reportingInterval !== undefined) draft.reportingInterval = entry.reportingInterval;
      for (const override of entry.overrides ?? []) {
        if (matchesMode(override, listenerClass)) applyOverride(draft, override);
      }
    }
  }
  return new Map([...drafts].map(([name, draft]) => [name, finish(draft)]));
}

const newDraft = (): Draft => ({ disabled: false, metrics: new Map() });

function namesOf(entry: Metrics): readonly string[] {
  return (entry.providers ?? []).map((provider) => provider.name ?? '');
}

function matchesMode(override: Override, listenerClass: ListenerClass): boolean {
  const mode = override.match?.mode ?? 'CLIENT_AND_SERVER';
  return mode === 'CLIENT_AND_SERVER' || mode === (isServer(listenerClass) ? 'SERVER' : 'CLIENT');
}

function metricsOf(override: Override): readonly string[] {
  const { customMetric, metric = 'ALL_METRICS' } = override.match ?? {};
  if (customMetric !== undefined) return [customMetric];
  return metric === 'ALL_METRICS' ? istioMetrics : [metric];
}

/** Disabling all metrics drops the filter; any later override brings it back. */
function applyOverride(draft: Draft, override: Override): void {
  const metrics = metricsOf(override);
  if (metrics === istioMetrics && override.disabled) {
    draft.disabled = true;
    return;
  }
  draft.disabled = false;
  for (const metric of metrics) {
    const known = draft.metrics.get(metric) ?? { disabled: false, tags: new Map() };
    draft.metrics.set(metric, known);
    if (override.disabled !== undefined) known.disabled = override.disabled;
    for (const [tag, change] of Object.entries(override.tagOverrides ?? {})) {
      known.tags.set(tag, change.operation === 'REMOVE' ? undefined : (change.value ?? ''));
    }
  }
}

function finish({ disabled, reportingInterval, metrics }: Draft): MetricsSelection {
  const byName = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number => (a < b ? -1 : 1);
  return {
    disabled,
    ...(reportingInterval !== undefined && { reportingInterval }),
    overrides: [...metrics].sort(byName).map(([metric, override]) => ({
      metric,
      disabled: override.disabled,
      tags: new Map([...override.tags].sort(byName)),
    })),
  };
}
