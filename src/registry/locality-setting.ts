import type { LocalityLoadBalancerSetting } from '../model/istio/destination-rule.ts';
import type { MeshConfig } from '../model/istio/mesh-config.ts';
import type { Service, TrafficDistribution } from '../model/service.ts';

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
  const { trafficDistribution } = service;
  if (trafficDistribution) return { setting: nearness[trafficDistribution], alwaysFailsOver: true };
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
