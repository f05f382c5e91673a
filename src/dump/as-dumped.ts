import type { Snapshot } from '../xds/snapshot.ts';
import type { Cluster, ClusterLoadAssignment } from '../xds/types.ts';

type LocalityEndpoints = NonNullable<ClusterLoadAssignment['endpoints']>[number];
type LbEndpoint = NonNullable<LocalityEndpoints['lbEndpoints']>[number];

/**
 * A snapshot as far as a dump shows it, so that both can be compared: the DNS proxy's table is not Envoy's business,
 * endpoints are listed from Envoy's memory, where what it fills in cannot be told from what it was sent.
 */
export function asDumped(snapshot: Snapshot): Snapshot {
  const discovered = new Set(snapshot.clusters.flatMap(discoveredEndpoints));
  return {
    clusters: snapshot.clusters,
    listeners: snapshot.listeners,
    routes: snapshot.routes,
    endpoints: snapshot.endpoints
      .filter(({ clusterName }) => discovered.has(clusterName ?? ''))
      .map(withoutDefaults)
      .filter(({ endpoints }) => endpoints !== undefined),
    nameTable: { table: {} },
  };
}

/** A dump lists the hosts of every cluster; only those of EDS clusters are resources. */
function discoveredEndpoints({ name = '', type, edsClusterConfig }: Cluster): readonly string[] {
  return type === 'EDS' ? [edsClusterConfig?.serviceName ?? name] : [];
}

/** Without what Envoy adds to a load assignment: states, weights and fields that are empty. */
function withoutDefaults(assignment: ClusterLoadAssignment): ClusterLoadAssignment {
  const { policy, endpoints = [], ...rest } = assignment;
  const populated = endpoints.filter(({ lbEndpoints = [] }) => lbEndpoints.length > 0);
  return {
    ...rest,
    ...(populated.length > 0 && { endpoints: populated.map(localityWithoutDefaults) }),
    ...(policy && policy.overprovisioningFactor !== defaultOverprovisioning && { policy }),
  };
}

const defaultOverprovisioning = 140;

function localityWithoutDefaults({ loadBalancingWeight, lbEndpoints = [], ...rest }: LocalityEndpoints) {
  return {
    ...rest,
    ...(loadBalancingWeight && { loadBalancingWeight }),
    lbEndpoints: lbEndpoints.map(endpointWithoutDefaults),
  };
}

function endpointWithoutDefaults({ healthStatus, endpoint = {}, ...rest }: LbEndpoint): LbEndpoint {
  const { healthCheckConfig, ...where } = endpoint;
  const checked = healthCheckConfig !== undefined && Object.keys(healthCheckConfig).length > 0;
  return {
    ...rest,
    ...(healthStatus && healthStatus !== 'HEALTHY' && { healthStatus }),
    endpoint: { ...where, ...(checked && { healthCheckConfig }) },
  };
}
