import type { Cluster } from '../../../xds/types.ts';
import { buildTunnelTlsContext } from '../../tls/tunnel-tls-context.ts';
import { defaultCircuitBreakers } from '../circuit-breakers.ts';
import type { ClusterContext } from '../cluster-context.ts';
import { tunnelCluster, tunnelOptions, tunnelPort, tunnelSocket } from '../connect-originate-cluster.ts';
import { typedOptions } from '../protocol-options.ts';
import { internalEndpoint } from './internal-cluster.ts';
import { internalSocket } from './internal-sockets.ts';

/** Connections are pooled before they get here: one that stays would hold on to one remote backend. */
const unpooled = { maxRequestsPerConnection: 1 };

/**
 * To another network a tunnel leads through a tunnel: the outer one ends at that network's gateway, the inner one at the
 * workload or waypoint behind it. This one encrypts the inner tunnel and hands it to the listener of the outer one.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildInnerConnectOriginateCluster.
 */
export function buildInnerConnectOriginateCluster({ view, mesh }: ClusterContext): Cluster {
  const name = 'inner_connect_originate';
  return {
    name,
    type: 'STATIC',
    altStatName: `${name};`,
    circuitBreakers: defaultCircuitBreakers,
    loadAssignment: internalEndpoint(name, 'outer_connect_originate'),
    transportSocket: internalSocket(tunnelSocket(buildTunnelTlsContext(view)), { name: 'internal_upstream_with_tls' }),
    ...typedOptions(tunnelOptions(mesh, unpooled)),
  };
}

/** Opens the outer tunnel. Source: as above, buildOuterConnectOriginateCluster. */
export function buildOuterConnectOriginateCluster({ view, mesh }: ClusterContext): Cluster {
  return {
    ...tunnelCluster(mesh, 'outer_connect_originate', buildTunnelTlsContext(view)),
    ...typedOptions(tunnelOptions(mesh, unpooled)),
    originalDstLbConfig: { upstreamPortOverride: tunnelPort },
  };
}
