import type { ConnectionPoolSettings, RetryBudget, TcpKeepalive } from '../../model/istio/destination-rule.ts';
import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import type { Cluster } from '../../xds/types.ts';
import { buildCircuitBreakers } from './circuit-breakers.ts';

export type ConnectionPool = Pick<Cluster, 'connectTimeout' | 'circuitBreakers' | 'upstreamConnectionOptions'>;

/** The parts of a cluster that a connection pool shapes, apart from those for HTTP. */
export function buildConnectionPool(
  mesh: MeshConfig,
  pool: ConnectionPoolSettings | undefined,
  retryBudget: RetryBudget | undefined,
): ConnectionPool {
  const connectTimeout = pool?.tcp?.connectTimeout ?? mesh.connectTimeout;
  const circuitBreakers = buildCircuitBreakers(pool, retryBudget);
  const limits = connectTimeout === undefined ? { circuitBreakers } : { connectTimeout, circuitBreakers };
  const tcpKeepalive = pool?.tcp?.tcpKeepalive;
  return mesh.tcpKeepalive || tcpKeepalive ? { ...limits, ...buildKeepalive(mesh.tcpKeepalive, tcpKeepalive) } : limits;
}

/** Keepalive of the mesh, field by field under that of the rule; an empty setting turns it on with the system's values. */
function buildKeepalive(
  ofMesh: TcpKeepalive | undefined,
  ofRule: TcpKeepalive | undefined,
): Pick<Cluster, 'upstreamConnectionOptions'> {
  const keepaliveProbes = ofRule?.probes || ofMesh?.probes;
  const time = ofRule?.time ?? ofMesh?.time;
  const interval = ofRule?.interval ?? ofMesh?.interval;
  return {
    upstreamConnectionOptions: {
      tcpKeepalive: {
        ...(keepaliveProbes && { keepaliveProbes }),
        ...(time !== undefined && { keepaliveTime: wholeSeconds(time) }),
        ...(interval !== undefined && { keepaliveInterval: wholeSeconds(interval) }),
      },
    },
  };
}

/** Envoy counts keepalive in seconds; istiod drops fractions. */
function wholeSeconds(duration: string): number {
  return Math.trunc(Number.parseFloat(duration));
}
