import type { PortPolicy } from '../../../registry/traffic-policy.ts';
import type { TransportSocket } from '../../../xds/types.ts';
import { wrapInProxyProtocol } from '../../tls/proxy-protocol-socket.ts';
import { readSecretServers } from '../../tls/secret-servers.ts';
import { planServerIdentity, type ServerIdentity } from '../../tls/server-identity.ts';
import { upstreamTlsSocket } from '../../tls/transport-socket.ts';
import { buildUpstreamTlsContext } from '../../tls/upstream-tls-context.ts';
import type { ClusterContext } from '../cluster-context.ts';
import { rawBuffer, waypointSocket } from './internal-sockets.ts';

export interface VipTransport {
  readonly transportSocket: TransportSocket;
  readonly serverIdentity?: ServerIdentity | undefined;
}

export interface VipTransportInput {
  readonly clusterName: string;
  readonly policy: PortPolicy | undefined;
  readonly isDynamic: boolean;
  readonly http2: boolean;
}

/**
 * What a connection carries inside its tunnel: TLS that the workload itself should see, the PROXY protocol's header, or
 * plain text. The mutual TLS of the mesh is that of the tunnel.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildWaypointTLSContext.
 */
export function buildVipTransport({ mesh, view }: ClusterContext, input: VipTransportInput): VipTransport {
  const { clusterName, policy, isDynamic, http2 } = input;
  const settings = policy?.tls;
  const originates = settings?.mode === 'SIMPLE' || settings?.mode === 'MUTUAL';
  const context =
    originates &&
    buildUpstreamTlsContext(settings, {
      clusterName,
      isDynamic,
      http2,
      fallbackSubjectAltNames: [],
      // istiod does not ask whether files and credentials of this proxy come from a server of their own.
      secretServers: readSecretServers({ mesh: view.mesh, proxy: { metadata: {} } }, 'client'),
      tlsDefaults: mesh.tlsDefaults,
    });
  const inner = context ? upstreamTlsSocket(context) : rawBuffer;
  const { proxyProtocol } = policy ?? {};
  const wrapped = proxyProtocol
    ? wrapInProxyProtocol({ transportSocket: inner }, proxyProtocol.version ?? 'V1').transportSocket
    : inner;
  return {
    transportSocket: waypointSocket(wrapped ?? inner),
    // MUTUAL without certificate and key keeps its identity checks although no TLS is originated.
    ...(originates && { serverIdentity: planServerIdentity(settings, isDynamic) }),
  };
}
