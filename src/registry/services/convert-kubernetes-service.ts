import { clusterDomain } from '../../model/hostname.ts';
import type { KubernetesService } from '../../model/istio/kubernetes.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service, TrafficDistribution } from '../../model/service.ts';
import type { MeshSettings } from '../mesh.ts';
import { spiffeIdentity } from '../spiffe.ts';
import { readVisibility, usableDefault } from '../visibility.ts';
import { unspecifiedAddress } from './convert-service-entry.ts';
import { kubernetesProtocol } from './kubernetes-protocol.ts';

/** Source: istio `pilot/pkg/serviceregistry/kube/conversion.go`, ConvertService. */
export function convertKubernetesService(
  resource: ResourceOf<'Service'>,
  settings: MeshSettings,
  trafficDistribution: TrafficDistribution | undefined,
): Service {
  const { metadata, spec } = resource;
  const { name, namespace, annotations } = metadata;
  const externalName = spec.type === 'ExternalName' ? (spec.externalName ?? '') : '';
  const addresses = clusterAddresses(spec);
  return {
    hostname: kubernetesHostname(name, namespace),
    namespace,
    name,
    registry: 'Kubernetes',
    origin: resource,
    ports: (spec.ports ?? []).map((port) => ({
      name: port.name ?? '',
      number: port.port ?? 0,
      protocol: kubernetesProtocol(port),
    })),
    resolution: isHeadless(spec) ? 'passthrough' : externalName === '' ? 'client-side' : 'alias',
    meshExternal: externalName !== '',
    defaultAddress: addresses[0] ?? unspecifiedAddress,
    addresses,
    allocatedAddresses: [],
    visibility: readVisibility(
      splitList(annotations['networking.istio.io/exportTo']).map((entry) => entry.trim()),
      namespace,
      usableDefault(settings.configuration.defaultServiceExportTo, settings.profile),
    ),
    labels: metadata.labels,
    selector: spec.selector ?? {},
    subjectAltNames: [
      ...splitList(annotations['alpha.istio.io/canonical-serviceaccounts']),
      ...splitList(annotations['alpha.istio.io/kubernetes-serviceaccounts']).map((account) =>
        spiffeIdentity(settings.trustDomain, namespace, account),
      ),
    ],
    creationTime: metadata.creationTime,
    kubernetes: {
      type: typeOf(spec),
      ...(externalName !== '' && { externalName }),
      publishNotReadyAddresses: spec.publishNotReadyAddresses ?? false,
    },
    aliases: [],
    ...(trafficDistribution && { trafficDistribution }),
  };
}

export function kubernetesHostname(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

function isHeadless({ clusterIP }: KubernetesService): boolean {
  return clusterIP === 'None';
}

/** Both families only where a dual-stack service lists both. */
function clusterAddresses(spec: KubernetesService): readonly string[] {
  if (isHeadless(spec) || !spec.clusterIP) return [unspecifiedAddress];
  return (spec.clusterIPs?.length ?? 0) > 1 ? (spec.clusterIPs ?? []) : [spec.clusterIP];
}

function typeOf(spec: KubernetesService): NonNullable<Service['kubernetes']>['type'] {
  if (spec.type === 'ExternalName' || spec.type === 'NodePort' || spec.type === 'LoadBalancer') return spec.type;
  return isHeadless(spec) ? 'Headless' : 'ClusterIP';
}

function splitList(text: string | undefined): readonly string[] {
  return text ? text.split(',') : [];
}
