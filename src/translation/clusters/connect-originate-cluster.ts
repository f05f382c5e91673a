import type { ProxyView } from '../../registry/proxy-view.ts';
import type { Cluster } from '../../xds/types.ts';
import { buildTunnelTlsContext } from '../tls/tunnel-tls-context.ts';
import { defaultCircuitBreakers } from './circuit-breakers.ts';
import type { ClusterContext } from './cluster-context.ts';
import { typedOptions } from './protocol-options.ts';

const tunnelPort = 15008;

/** A proxy of an ambient mesh opens tunnels, unless its node metadata says otherwise. Waypoints have clusters of their own. */
export function opensTunnels({ mesh, proxy }: ProxyView): boolean {
  return mesh.features.ambient && proxy.type !== 'waypoint' && !isTrue(proxy.metadata['DISABLE_HBONE_SEND']);
}

/**
 * Opens tunnels (HBONE) to where an internal listener was asked to connect: the workload, or the waypoint before it.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildConnectOriginate.
 */
export function buildConnectOriginateCluster({ view, mesh }: ClusterContext): Cluster {
  return {
    name: 'connect_originate',
    type: 'ORIGINAL_DST',
    altStatName: 'connect_originate;',
    lbPolicy: 'CLUSTER_PROVIDED',
    ...(mesh.connectTimeout !== undefined && { connectTimeout: mesh.connectTimeout }),
    cleanupInterval: '60s',
    circuitBreakers: defaultCircuitBreakers,
    ...typedOptions({
      commonHttpProtocolOptions: { idleTimeout: mesh.hboneIdleTimeout ?? '3600s' },
      explicitHttpConfig: { http2ProtocolOptions: { allowConnect: true } },
    }),
    originalDstLbConfig: {
      upstreamPortOverride: tunnelPort,
      metadataKey: { key: 'envoy.filters.listener.original_dst', path: [{ key: 'waypoint' }] },
    },
    transportSocket: {
      name: 'tls',
      typedConfig: {
        '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
        commonTlsContext: buildTunnelTlsContext(view),
      },
    },
  };
}

/** Istio writes booleans of the node metadata as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
