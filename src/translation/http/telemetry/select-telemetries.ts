import type { ResourceOf } from '../../../model/resource.ts';
import type { Service } from '../../../model/service.ts';
import { attachesByReference, isKubernetesGateway } from '../../../registry/policy-attachment.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';

type Telemetry = ResourceOf<'Telemetry'>;
export type TelemetrySpec = Telemetry['spec'];

/**
 * The Telemetry resources that apply to a proxy, from the widest to the narrowest: that of the root namespace, that of
 * the proxy's namespace, and those that select the workload. Of several without a selector the oldest counts.
 * A waypoint asks for each of its services: resources of the service's namespace then take the place of its own.
 * Source: istio `pilot/pkg/model/telemetry.go`, applicableTelemetries.
 */
export function selectTelemetries({ mesh, proxy }: ProxyView, service?: Service): readonly TelemetrySpec[] {
  const inNamespace = (namespace: string): readonly Telemetry[] =>
    mesh.resources.Telemetry.filter(({ metadata }) => metadata.namespace === namespace);
  const namespaces = new Set([mesh.rootNamespace, proxy.namespace, ...(service ? [service.namespace] : [])]);
  const levels = [...namespaces].flatMap((namespace) => inNamespace(namespace).find(isNamespaceWide) ?? []);
  const ofWorkload = inNamespace(service?.namespace ?? proxy.namespace).filter(
    (telemetry) =>
      !isNamespaceWide(telemetry) &&
      (isKubernetesGateway(proxy) && proxy.type === 'waypoint'
        ? attachesByReference(telemetry, { mesh, proxy, ...(service && { service }) })
        : selectsProxy(telemetry, proxy.labels)),
  );
  return [...levels, ...ofWorkload].map(({ spec }) => spec);
}

function targetsOf({ spec }: Telemetry): number {
  return (spec.targetRefs?.length ?? 0) + (spec.targetRef ? 1 : 0);
}

function selectorOf({ spec }: Telemetry): readonly (readonly [string, string])[] {
  return Object.entries(spec.selector?.matchLabels ?? {});
}

function isNamespaceWide(telemetry: Telemetry): boolean {
  return selectorOf(telemetry).length === 0 && targetsOf(telemetry) === 0;
}

/** Resources with target references are for gateways and waypoints, whatever their selector says. */
function selectsProxy(telemetry: Telemetry, labels: Readonly<Record<string, string>>): boolean {
  const selector = selectorOf(telemetry);
  return selector.length > 0 && targetsOf(telemetry) === 0 && selector.every(([key, value]) => labels[key] === value);
}
