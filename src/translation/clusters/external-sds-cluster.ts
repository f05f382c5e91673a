import type { Cluster } from '../../xds/types.ts';
import { externalSdsCluster } from '../tls/secret-servers.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildProtocolOptions } from './protocol-options.ts';

/** The secret server behind a socket that the proxy's node metadata announces. */
export function buildExternalSdsCluster({ mesh }: ClusterContext): Cluster {
  const address = { pipe: { path: './var/run/secrets/credential-uds/socket' } };
  return {
    name: externalSdsCluster,
    type: 'STATIC',
    altStatName: `${externalSdsCluster};`,
    ...(mesh.connectTimeout !== undefined && { connectTimeout: mesh.connectTimeout }),
    loadAssignment: { clusterName: externalSdsCluster, endpoints: [{ lbEndpoints: [{ endpoint: { address } }] }] },
    ...buildProtocolOptions({ kind: 'http2' }, undefined),
  };
}
