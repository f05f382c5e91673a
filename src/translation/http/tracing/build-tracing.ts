import type { ProxyConfig } from '../../../model/istio/mesh-config.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import type { CustomTag, HttpConnectionManagerTracing, Percent } from '../../../xds/types.ts';
import type { TracingSelection } from '../telemetry/merge-tracing.ts';
import { buildCustomTags } from './custom-tags.ts';
import { buildTracer } from './tracer.ts';

/** The tracing part of a connection manager. */
export interface Tracing {
  readonly tracing?: HttpConnectionManagerTracing;
  readonly useRequestIdForTraceSampling: boolean;
}

const untraced: Tracing = { useRequestIdForTraceSampling: true };

export interface TracingOptions {
  readonly proxyConfig: ProxyConfig;
  /** Absent where nobody says how to trace. */
  readonly selection: TracingSelection | undefined;
  /** The service that a waypoint traces for. */
  readonly service?: Service | undefined;
}

/** Source: istio `pilot/pkg/networking/core/tracing.go`. */
export function buildTracing(view: ProxyView, { proxyConfig, selection, service }: TracingOptions): Tracing {
  if (!selection) return meshTracing(view, proxyConfig);
  const { provider } = selection;
  const { mesh, proxy } = view;
  const serviceName = service && !mesh.profile.waypointsTraceAsThemselves ? service.hostname : '';
  const tracer = provider && !selection.disabled && buildTracer(provider, { mesh, proxy, serviceName });
  if (!tracer) return untraced;
  const { maxPathTagLength = proxyConfig.tracing?.maxPathTagLength } = tracer.settings;
  const customTags = buildCustomTags({
    proxy: view.proxy,
    istioTags: selection.enableIstioTags,
    ...(selection.customTags && { telemetryTags: selection.customTags }),
    ...(proxyConfig.tracing?.customTags && { proxyConfigTags: proxyConfig.tracing.customTags }),
  });
  const percentage = selection.randomSamplingPercentage ?? configuredSampling(proxyConfig);
  return {
    tracing: {
      ...sampling(tracer.samplesItself ? 100 : percentage),
      ...tracer.settings,
      ...tags(customTags),
      ...(maxPathTagLength && { maxPathTagLength }),
      ...(selection.disableContextPropagation && propagatesNothing(view)),
    },
    useRequestIdForTraceSampling: selection.useRequestIdForTraceSampling,
  };
}

/** Without the Telemetry API the bootstrap's tracer is used, with the sampling and tags of the proxy configuration. */
function meshTracing({ mesh, proxy }: ProxyView, { tracing = {}, ...rest }: ProxyConfig): Tracing {
  if (mesh.configuration.enableTracing === false) return untraced;
  const customTags = buildCustomTags({
    proxy,
    istioTags: tracing.enableIstioTags ?? true,
    ...(tracing.customTags && { proxyConfigTags: tracing.customTags }),
  });
  return {
    tracing: {
      ...sampling(configuredSampling({ tracing, ...rest })),
      ...tags(customTags),
      ...(tracing.maxPathTagLength && { maxPathTagLength: tracing.maxPathTagLength }),
    },
    useRequestIdForTraceSampling: true,
  };
}

/** istiod traces one request in a hundred unless told otherwise, and takes more than all for one in a hundred, too. */
function configuredSampling({ tracing }: ProxyConfig): number {
  const configured = tracing?.sampling ?? 0;
  return configured === 0 || configured > 100 ? 1 : configured;
}

const percent = (value: number): Percent => (value === 0 ? {} : { value });

function sampling(
  random: number,
): Pick<HttpConnectionManagerTracing, 'clientSampling' | 'randomSampling' | 'overallSampling'> {
  return { clientSampling: percent(100), randomSampling: percent(random), overallSampling: percent(100) };
}

const tags = (customTags: readonly CustomTag[]): { readonly customTags?: readonly CustomTag[] } =>
  customTags.length > 0 ? { customTags } : {};

/** Proxies before 1.30 always pass the trace context on. */
function propagatesNothing({
  proxy: { istioVersion },
}: ProxyView): Pick<HttpConnectionManagerTracing, 'noContextPropagation'> {
  const [major, minor] = istioVersion;
  return major > 1 || (major === 1 && minor >= 30) ? { noContextPropagation: true } : {};
}
