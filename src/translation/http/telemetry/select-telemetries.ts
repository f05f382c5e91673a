import type { ResourceOf } from '../../../model/resource.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';

export type TelemetrySpec = ResourceOf<'Telemetry'>['spec'];

/**
 * The Telemetry resources that apply to a proxy, from the widest to the narrowest: that of the root namespace, that of
 * the proxy's namespace, and those that select the workload. Of several without a selector the oldest counts.
 * Source: istio `pilot/pkg/model/telemetry.go`, applicableTelemetries.
 */
export function selectTelemetries({ mesh, proxy }: ProxyView): readonly TelemetrySpec[] {
  const inNamespace = (namespace: string): readonly TelemetrySpec[] =>
    mesh.resources.Telemetry.filter(({ metadata }) => metadata.namespace === namespace).map(({ spec }) => spec);
  const own = inNamespace(proxy.namespace);
  const levels = [own.find(isNamespaceWide)];
  if (proxy.namespace !== mesh.rootNamespace) levels.unshift(inNamespace(mesh.rootNamespace).find(isNamespaceWide));
  const ofWorkload = own.filter((spec) => selectsProxy(spec, proxy.labels));
  return [...levels.filter((spec) => spec !== undefined), ...ofWorkload];
}

function targetsOf(spec: TelemetrySpec): number {
  return (spec.targetRefs?.length ?? 0) + (spec.targetRef ? 1 : 0);
}

function selectorOf(spec: TelemetrySpec): readonly (readonly [string, string])[] {
  return Object.entries(spec.selector?.matchLabels ?? {});
}

function isNamespaceWide(spec: TelemetrySpec): boolean {
  return selectorOf(spec).length === 0 && targetsOf(spec) === 0;
}

/** Resources with target references are for gateways and waypoints, whatever their selector says. */
function selectsProxy(spec: TelemetrySpec, labels: Readonly<Record<string, string>>): boolean {
  const selector = selectorOf(spec);
  return selector.length > 0 && targetsOf(spec) === 0 && selector.every(([key, value]) => labels[key] === value);
}
