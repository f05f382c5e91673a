import type { LocalityLoadBalancerSetting } from '../model/istio/destination-rule.ts';
import type { MeshConfig } from '../model/istio/mesh-config.ts';
import type { Service } from '../model/service.ts';

/** How a service's endpoints are preferred by where they run. */
export interface LocalityPreference {
  /** Absent where locality load balancing is off. */
  readonly setting?: LocalityLoadBalancerSetting;
  /** Traffic moves on without outlier detection: the service itself prefers what is near, by endpoint health. */
  readonly alwaysFailsOver: boolean;
}

/**
 * The setting that counts: that of the DestinationRule, else what the service itself asks for, else that of the mesh.
 * Source: istio `pilot/pkg/networking/core/loadbalancer/loadbalancer.go`, GetLocalityLbSetting.
 */
export function selectLocalityPreference(
  mesh: MeshConfig,
  ofRule: LocalityLoadBalancerSetting | undefined,
  service: Service,
): LocalityPreference {
  if (ofRule) return ofRule.enabled === false ? off : { setting: ofRule, alwaysFailsOver: false };
  const distribution = trafficDistribution(service);
  if (distribution) return { setting: nearness[distribution], alwaysFailsOver: true };
  const ofMesh = mesh.localityLbSetting;
  return !ofMesh || ofMesh.enabled === false ? off : { setting: ofMesh, alwaysFailsOver: false };
}

const off: LocalityPreference = { alwaysFailsOver: false };

const sameZone = ['topology.istio.io/network', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

const nearness: Readonly<Record<TrafficDistribution, LocalityLoadBalancerSetting>> = {
  'same-zone': { enabled: true, failoverPriority: sameZone },
  'same-node': {
    enabled: true,
    failoverPriority: [...sameZone, 'topology.istio.io/subzone', 'kubernetes.io/hostname'],
  },
};

export type TrafficDistribution = 'same-zone' | 'same-node';

/**
 * What the service's own `trafficDistribution`, or the annotation of a Service or ServiceEntry, prefers. Such a service
 * gets its unhealthy endpoints too, so that Envoy knows when to go further away.
 */
export function trafficDistribution({ kubernetes, origin }: Service): TrafficDistribution | undefined {
  const ofSpec = distributions.get(kubernetes?.trafficDistribution ?? '');
  if (ofSpec) return ofSpec;
  const annotation = origin.metadata.annotations['networking.istio.io/traffic-distribution'] ?? '';
  return distributionsOfAnnotation.get(annotation.toLowerCase());
}

const distributions: ReadonlyMap<string, TrafficDistribution> = new Map([
  ['PreferClose', 'same-zone'],
  ['PreferSameZone', 'same-zone'],
  ['PreferSameNode', 'same-node'],
]);

const distributionsOfAnnotation: ReadonlyMap<string, TrafficDistribution> = new Map(
  [...distributions].map(([name, distribution]) => [name.toLowerCase(), distribution]),
);
