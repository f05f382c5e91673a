import type { ResourceOf } from '../../model/resource.ts';
import type { Service, TrafficDistribution } from '../../model/service.ts';
import type { MeshSettings } from '../mesh.ts';

/** The annotations of each namespace, where the mesh's version takes them into account. */
export type NamespaceAnnotations = ReadonlyMap<string, Readonly<Record<string, string>>>;

const annotationName = 'networking.istio.io/traffic-distribution';

/**
 * What the service prefers by its `trafficDistribution`, by an annotation, or by one of its namespace. An annotation that
 * makes no sense still hides the one behind it.
 * Source: istio `pilot/pkg/model/service.go`, GetTrafficDistribution.
 */
export function readTrafficDistribution(
  origin: Service['origin'],
  namespaces: NamespaceAnnotations,
): TrafficDistribution | undefined {
  const { metadata } = origin;
  const ofSpec = origin.kind === 'Service' ? distributions.get(origin.spec.trafficDistribution ?? '') : undefined;
  if (ofSpec) return ofSpec;
  const annotation = metadata.annotations[annotationName] || namespaces.get(metadata.namespace)?.[annotationName];
  return annotation ? distributionsOfAnnotation.get(annotation.toLowerCase()) : undefined;
}

export function indexNamespaces(
  namespaces: readonly ResourceOf<'Namespace'>[],
  { profile }: MeshSettings,
): NamespaceAnnotations {
  const annotated = namespaces.filter(({ metadata }) => metadata.annotations[annotationName]);
  if (annotated.length === 0 || !profile.namespacesDistributeTraffic) return new Map();
  return new Map(annotated.map(({ metadata }) => [metadata.name, metadata.annotations]));
}

const distributions: ReadonlyMap<string, TrafficDistribution> = new Map([
  ['PreferClose', 'same-zone'],
  ['PreferSameZone', 'same-zone'],
  ['PreferSameNode', 'same-node'],
]);

const distributionsOfAnnotation: ReadonlyMap<string, TrafficDistribution> = new Map(
  [...distributions].map(([name, distribution]) => [name.toLowerCase(), distribution]),
);
