import type { Cluster } from '../../xds/types.ts';
import type { ClusterStep, Explanation } from '../explanation.ts';
import { findByName } from '../find-resource.ts';
import { refuseCluster } from '../refusals/refuse-cluster.ts';
import { end, type Facts, precede, type Walk } from '../walk.ts';
import { assignmentOf, discoveryOf, endpointsIn } from './cluster-endpoints.ts';
import { describeCluster, isMeshTls, upstreamTls } from './describe-cluster.ts';
import { selectEndpoints } from './select-endpoints.ts';
import { selectTransportSocket } from './select-transport-socket.ts';
import type { Upstream } from './upstream.ts';

export function followCluster(walk: Walk, name: string, upstream: Upstream): Explanation {
  const cluster = findByName(walk.snapshot.clusters, name);
  const facts: Facts = { cluster: name };
  const unavailable = upstream.layer === 'http' ? { ...facts, responseCode: 503 } : facts;
  if (!cluster) {
    const reason = `This proxy has no cluster of the name ${name}: the host, port or subset is not registered, or not visible to it.`;
    return end('cluster-not-found', [{ kind: 'cluster', reason, rejected: [], notes: [] }], unavailable);
  }
  const refusal = refuseCluster(cluster, walk.files);
  if (refusal !== undefined) {
    const discovery = discoveryOf(cluster);
    const reason = `istiod sends the cluster ${name}, but Envoy refuses to load it. ${refusal}`;
    return end('cluster-refused', [{ kind: 'cluster', discovery, reason, rejected: [], notes: [] }], unavailable);
  }
  const [endpoint] = endpointsIn(assignmentOf(walk.snapshot, cluster));
  const tls = upstreamTls(selectTransportSocket(cluster, endpoint));
  const step: ClusterStep = {
    kind: 'cluster',
    chosen: name,
    discovery: discoveryOf(cluster),
    tls: tls ? (isMeshTls(tls) ? 'mesh' : 'originated') : 'none',
    reason: reasonFor(cluster),
    rejected: [],
    notes: describeCluster(cluster, tls),
  };
  return precede(step, facts, selectEndpoints(walk, cluster, upstream));
}

/** Of the cluster's kind: where its endpoints come from. */
function reasonFor(cluster: Cluster): string {
  const discovery = discoveryOf(cluster);
  switch (discovery) {
    case 'EDS':
      return 'EDS: istiod sends the endpoints.';
    case 'STATIC':
      return 'STATIC: the endpoints stand in the cluster.';
    case 'STRICT_DNS':
      return 'STRICT_DNS: Envoy resolves the names itself and balances over all their addresses.';
    case 'LOGICAL_DNS':
      return 'LOGICAL_DNS: Envoy resolves the name itself and connects to the first address of the answer.';
    case 'ORIGINAL_DST':
      return 'ORIGINAL_DST: the connection keeps the address that the application asked for.';
    default:
      return discovery.endsWith('dynamic_forward_proxy')
        ? 'Dynamic forward proxy: Envoy resolves the name that the client asks for.'
        : `${discovery}: a cluster type of its own.`;
  }
}
