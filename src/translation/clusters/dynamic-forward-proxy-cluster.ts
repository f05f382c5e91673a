import { outboundName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import { isInsecureDynamicForwardProxy, upstreamHttpOptions } from '../tls/server-identity.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildConnectionPool } from './connection-pool.ts';
import { dnsLookupFamily } from './discovery.ts';
import { dynamicForwardProxyFields } from './dynamic-forward-proxy.ts';
import { metadataExchange } from './metadata-exchange.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { buildOutboundMetadata } from './outbound-metadata.ts';
import { buildOutboundTransport, outboundProtocol, selectSockets } from './outbound-transport.ts';
import { buildOutlierDetection } from './outlier-detection.ts';
import { buildProtocolOptions } from './protocol-options.ts';

/** Dynamic forward proxies resolve and balance by themselves: of a rule's policy, connection pool and TLS count. */
export function buildDynamicForwardProxyCluster(context: ClusterContext, plan: OutboundClusterPlan): Cluster {
  const { service, port, policy, type } = plan;
  const { mesh, proxy } = context.view;
  const name = outboundName(service.hostname, port.number);
  const transport = buildOutboundTransport(context, plan, { name, type });
  const { serverIdentity } = transport;
  return {
    name,
    altStatName: `${name};`,
    ...dynamicForwardProxyFields(
      service.hostname,
      mesh.profile.dynamicForwardProxyFollowsFamily ? dnsLookupFamily(proxy) : 'V4_ONLY',
      serverIdentity !== undefined && isInsecureDynamicForwardProxy(serverIdentity),
    ),
    ...buildConnectionPool(context.mesh, policy?.connectionPool, policy?.retryBudget),
    ...(policy?.outlierDetection && { outlierDetection: buildOutlierDetection(policy.outlierDetection) }),
    ...selectSockets(transport, plan),
    ...buildProtocolOptions(outboundProtocol(context, plan), policy?.connectionPool, {
      upstreamHttpProtocolOptions: serverIdentity && upstreamHttpOptions(serverIdentity),
    }),
    ...buildOutboundMetadata(context, plan),
    ...metadataExchange,
  };
}
