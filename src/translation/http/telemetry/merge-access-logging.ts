import type { MeshConfig } from '../../../model/istio/mesh-config.ts';
import { isServer, type ListenerClass } from '../listener-class.ts';
import type { TelemetrySpec } from './select-telemetries.ts';

/** How one provider logs: not at all, or what the expression lets pass (everything where there is none). */
export interface LoggingSelection {
  readonly disabled: boolean;
  readonly expression?: string;
}

type AccessLogging = NonNullable<TelemetrySpec['accessLogging']>[number];

/**
 * Chooses the access log providers of one class of listeners. The narrowest Telemetry that names providers for this
 * class decides which count at all; within those, later entries override earlier ones.
 * Source: istio `pilot/pkg/model/telemetry.go`, mergeLogs.
 */
export function mergeAccessLogging(
  telemetries: readonly TelemetrySpec[],
  mesh: MeshConfig,
  listenerClass: ListenerClass,
): ReadonlyMap<string, LoggingSelection> {
  const defaults = mesh.defaultProviders?.accessLogging ?? [];
  const levels = telemetries.map((spec) => spec.accessLogging ?? []).filter((entries) => entries.length > 0);
  if (levels.length === 0) return new Map(defaults.map((name) => [name, { disabled: false }]));

  const applies = (entry: AccessLogging): boolean => matchesMode(entry.match?.mode, listenerClass);
  const inScope = providersInScope(levels, applies) ?? new Set(defaults);
  const filters = lastFilters(levels.flat().filter(applies));
  const selected = new Map<string, LoggingSelection>();
  let providers: readonly string[] = defaults;
  for (const entry of levels.flat()) {
    const named = namesOf(entry);
    if (named.length > 0) providers = named;
    if (!applies(entry)) continue;
    for (const name of providers) {
      if (inScope.has(name)) selected.set(name, entry.disabled ? { disabled: true } : selectionOf(filters.get(name)));
    }
  }
  return selected;
}

function matchesMode(mode: string | undefined, listenerClass: ListenerClass): boolean {
  if (mode === undefined || mode === 'CLIENT_AND_SERVER') return true;
  return mode === (isServer(listenerClass) ? 'SERVER' : 'CLIENT');
}

function namesOf(entry: AccessLogging): readonly string[] {
  return (entry.providers ?? []).map((provider) => provider.name ?? '');
}

function providersInScope(
  levels: readonly (readonly AccessLogging[])[],
  applies: (entry: AccessLogging) => boolean,
): ReadonlySet<string> | undefined {
  const named = levels.map((entries) => entries.filter(applies).flatMap(namesOf)).filter((names) => names.length > 0);
  const narrowest = named.at(-1);
  return narrowest && new Set(narrowest);
}

/** A provider logs with the filter of the last entry that names it, even where a later entry switches it on again. */
function lastFilters(entries: readonly AccessLogging[]): ReadonlyMap<string, AccessLogging['filter']> {
  return new Map(entries.flatMap((entry) => namesOf(entry).map((name) => [name, entry.filter] as const)));
}

function selectionOf(filter: AccessLogging['filter']): LoggingSelection {
  return { disabled: false, ...(filter && { expression: filter.expression ?? '' }) };
}
