import type { LocalityLoadBalancerSetting, TrafficPolicy } from '../model/istio/destination-rule.ts';
import type { MeshConfig } from '../model/istio/mesh-config.ts';
import type { Service, TrafficDistribution } from '../model/service.ts';

/** How a service's endpoints are preferred by where they run. */
export interface LocalityPreference {
  /** Undefined where locality load balancing is off. */
  readonly setting: LocalityLoadBalancerSetting | undefined;
  /**
   * Without outlier detection Envoy would never leave the first priority, so that none are given; except where the service
   * itself prefers what is near: then traffic moves on by the health of endpoints that istiod tells.
   */
  readonly failsOver: boolean;
}

/**
 * The setting that counts: that of the DestinationRule, else what the service itself asks for, else that of the mesh.
 * Source: istio `pilot/pkg/networking/core/loadbalancer/loadbalancer.go`, GetLocalityLbSetting.
 */
export function selectLocalityPreference(
  mesh: MeshConfig,
  policy: Pick<TrafficPolicy, 'loadBalancer' | 'outlierDetection'> | undefined,
  service: Service,
): LocalityPreference {
  const ofRule = policy?.loadBalancer?.localityLbSetting;
  const { trafficDistribution } = service;
  if (!ofRule && trafficDistribution) return { setting: nearness[trafficDistribution], failsOver: true };
  const setting = ofRule ?? mesh.localityLbSetting;
  return {
    setting: setting?.enabled === false ? undefined : setting,
    failsOver: policy?.outlierDetection !== undefined,
  };
}

const sameZone = ['topology.istio.io/network', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

const nearness: Readonly<Record<TrafficDistribution, LocalityLoadBalancerSetting>> = {
  'same-zone': { enabled: true, failoverPriority: sameZone },
  'same-node': {
    enabled: true,
    failoverPriority: [...sameZone, 'topology.istio.io/subzone', 'kubernetes.io/hostname'],
  },
};
