import type { Proxy } from '../../model/proxy.ts';
import { frozen } from '../../xds/frozen.ts';
import type { BindConfig, Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildConnectionPool } from './connection-pool.ts';
import { metadataExchange } from './metadata-exchange.ts';
import { typedOptions, versionOptions } from './protocol-options.ts';

/** Without endpoints: connections that may not leave end here. */
export function buildBlackHoleCluster({ mesh }: ClusterContext): Cluster {
  return {
    name: 'BlackHoleCluster',
    type: 'STATIC',
    altStatName: 'BlackHoleCluster;',
    ...(mesh.connectTimeout !== undefined && { connectTimeout: mesh.connectTimeout }),
  };
}

/** To wherever the application wanted to connect. */
export function buildPassthroughCluster(context: ClusterContext): Cluster {
  return { name: 'PassthroughCluster', ...passthroughFields(context), ...metadataExchange };
}

/** To the application itself, for ports that no service claims. */
export function buildInboundPassthroughCluster(context: ClusterContext): Cluster {
  const { proxy } = context.view;
  return {
    name: 'InboundPassthroughCluster',
    ...passthroughFields(context),
    upstreamBindConfig: proxy.ipMode === 'Dual' ? bothFamilies : inboundBindConfig(proxy),
  };
}

// istiod gives both passthrough clusters the same name in statistics.
function passthroughFields({ mesh, preserveCase }: ClusterContext): Omit<Cluster, 'name'> {
  return {
    type: 'ORIGINAL_DST',
    lbPolicy: 'CLUSTER_PROVIDED',
    altStatName: 'PassthroughCluster;',
    ...buildConnectionPool(mesh, undefined, undefined),
    ...typedOptions({
      commonHttpProtocolOptions: { idleTimeout: '300s' },
      ...versionOptions({ kind: 'downstream', preserveCase }),
    }),
  };
}

const ipv4: BindConfig = frozen({ sourceAddress: { address: '127.0.0.6', portValue: 0 } });
const ipv6: BindConfig = frozen({ sourceAddress: { address: '::6', portValue: 0 } });
const bothFamilies: BindConfig = frozen({
  ...ipv4,
  extraSourceAddresses: [{ address: { address: '::6', portValue: 0 } }],
});

/** The source address that the interception rules know: without it the connection would come back to the proxy. */
export function inboundBindConfig({ ipMode }: Proxy): BindConfig {
  return ipMode === 'IPv6' ? ipv6 : ipv4;
}
