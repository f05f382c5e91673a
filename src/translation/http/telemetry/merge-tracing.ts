import type { ExtensionProvider, MeshConfig } from '../../../model/istio/mesh-config.ts';
import { isServer, type ListenerClass } from '../listener-class.ts';
import { findProvider } from './find-provider.ts';
import type { TelemetrySpec } from './select-telemetries.ts';

type Tracing = NonNullable<TelemetrySpec['tracing']>[number];

/** How one class of listeners traces, as the Telemetry API and the default providers say. */
export interface TracingSelection {
  readonly provider?: ExtensionProvider;
  readonly disabled: boolean;
  readonly randomSamplingPercentage?: number;
  readonly customTags?: NonNullable<Tracing['customTags']>;
  readonly useRequestIdForTraceSampling: boolean;
  readonly enableIstioTags: boolean;
  readonly disableContextPropagation: boolean;
}

/**
 * Merges the tracing of all Telemetry resources, the narrower over the wider, field by field.
 * Absent where neither they nor default providers say anything: then the mesh configuration counts.
 * Source: istio `pilot/pkg/model/telemetry.go`, Tracing.
 */
export function mergeTracing(
  telemetries: readonly TelemetrySpec[],
  mesh: MeshConfig,
  listenerClass: ListenerClass,
): TracingSelection | undefined {
  const entries = telemetries.flatMap((spec) => spec.tracing ?? []);
  const defaultProvider = mesh.defaultProviders?.tracing?.[0];
  if (entries.length === 0 && defaultProvider === undefined) return undefined;
  const initial: TracingSelection = {
    ...providerOf(mesh, defaultProvider),
    disabled: false,
    useRequestIdForTraceSampling: true,
    enableIstioTags: true,
    disableContextPropagation: false,
  };
  const mode = isServer(listenerClass) ? 'SERVER' : 'CLIENT';
  const merged = entries
    .filter(({ match }) => (match?.mode ?? 'CLIENT_AND_SERVER') === 'CLIENT_AND_SERVER' || match?.mode === mode)
    .reduce((selection, entry) => override(selection, entry, mesh), initial);
  return merged.provider ? merged : { ...merged, disabled: true };
}

function override(selection: TracingSelection, entry: Tracing, mesh: MeshConfig): TracingSelection {
  const { provider: inherited, ...rest } = selection;
  const named = entry.providers?.[0];
  const provider = named ? providerOf(mesh, named.name) : inherited && { provider: inherited };
  return {
    ...rest,
    ...provider,
    ...(entry.disableSpanReporting !== undefined && { disabled: entry.disableSpanReporting }),
    ...(entry.customTags && Object.keys(entry.customTags).length > 0 && { customTags: entry.customTags }),
    ...(entry.randomSamplingPercentage !== undefined && {
      randomSamplingPercentage: entry.randomSamplingPercentage,
    }),
    ...(entry.useRequestIdForTraceSampling !== undefined && {
      useRequestIdForTraceSampling: entry.useRequestIdForTraceSampling,
    }),
    ...(entry.enableIstioTags !== undefined && { enableIstioTags: entry.enableIstioTags }),
    ...(entry.disableContextPropagation !== undefined && {
      disableContextPropagation: entry.disableContextPropagation,
    }),
  };
}

function providerOf(mesh: MeshConfig, name: string | undefined): { readonly provider?: ExtensionProvider } {
  const provider = name === undefined ? undefined : findProvider(mesh, name);
  return provider ? { provider } : {};
}
