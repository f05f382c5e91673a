import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import { isTrue, type ProxyView } from '../../registry/proxy-view.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type {
  Cluster,
  CommonTlsContext,
  CoreHttpProtocolOptions,
  HttpProtocolOptions,
  StringMatcher,
  TransportSocket,
} from '../../xds/types.ts';
import { buildTunnelTlsContext } from '../tls/tunnel-tls-context.ts';
import { defaultCircuitBreakers } from './circuit-breakers.ts';
import type { ClusterContext } from './cluster-context.ts';
import { typedOptions } from './protocol-options.ts';

/** Where every workload of an ambient mesh, and every waypoint, accepts tunnels. */
export const tunnelPort = 15008;

/** A proxy of an ambient mesh opens tunnels, unless its node metadata says otherwise. Waypoints have clusters of their own. */
export function opensTunnels({ mesh, proxy }: ProxyView): boolean {
  return mesh.features.ambient && proxy.type !== 'waypoint' && !isTrue(proxy.metadata['DISABLE_HBONE_SEND']);
}

/**
 * Opens tunnels (HBONE) to where an internal listener was asked to connect: the workload, or the waypoint before it.
 * Besides the workloads of the mesh's trust domains, `peers` may answer.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildConnectOriginate.
 */
export function buildConnectOriginateCluster(
  { view, mesh }: ClusterContext,
  peers: readonly StringMatcher[] = [],
): Cluster {
  return {
    ...tunnelCluster(mesh, 'connect_originate', buildTunnelTlsContext(view, peers)),
    ...typedOptions(tunnelOptions(mesh)),
    originalDstLbConfig: {
      upstreamPortOverride: tunnelPort,
      metadataKey: { key: 'envoy.filters.listener.original_dst', path: [{ key: 'waypoint' }] },
    },
  };
}

/** A cluster of tunnels to wherever each connection was meant for. */
export function tunnelCluster(mesh: MeshConfig, name: string, commonTlsContext: CommonTlsContext): Cluster {
  return {
    name,
    type: 'ORIGINAL_DST',
    altStatName: `${name};`,
    lbPolicy: 'CLUSTER_PROVIDED',
    ...(mesh.connectTimeout !== undefined && { connectTimeout: mesh.connectTimeout }),
    cleanupInterval: '60s',
    circuitBreakers: defaultCircuitBreakers,
    transportSocket: tunnelSocket(commonTlsContext),
  };
}

export function tunnelSocket(commonTlsContext: CommonTlsContext): TransportSocket {
  return { name: 'tls', typedConfig: { '@type': typeUrls.upstreamTlsContext, commonTlsContext } };
}

/** HTTP/2 with CONNECT; connections without a tunnel are closed after an hour unless the mesh says otherwise. */
export function tunnelOptions(mesh: MeshConfig, common: CoreHttpProtocolOptions = {}): HttpProtocolOptions {
  return {
    commonHttpProtocolOptions: { idleTimeout: mesh.hboneIdleTimeout ?? '3600s', ...common },
    explicitHttpConfig: { http2ProtocolOptions: { allowConnect: true } },
  };
}
