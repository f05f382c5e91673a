import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { destinationCluster } from '../../routes/destination.ts';
import type { ListenerContext } from '../listener-context.ts';
import { tcpProxyFilter } from './tcp-proxy.ts';

const blackhole = 'BlackHoleCluster';
const passthrough = 'PassthroughCluster';

/** Where connections go that no service claims: on to where they were meant for, to a Sidecar's egress proxy, or nowhere. */
function unmatchedCluster({ view: { outboundTrafficPolicy } }: ListenerContext): string {
  if (outboundTrafficPolicy.mode !== 'ALLOW_ANY') return blackhole;
  const { egressProxy } = outboundTrafficPolicy;
  return egressProxy ? destinationCluster(egressProxy, undefined, 0) : passthrough;
}

/** The filters for connections that no service claims. */
export function unmatchedFilters(context: ListenerContext): readonly ConfigFilter[] {
  const { idleTimeout, telemetry } = context;
  const cluster = unmatchedCluster(context);
  return [
    ...telemetry['sidecar-outbound'].statsFilters,
    tcpProxyFilter(context, 'sidecar-outbound', {
      statPrefix: cluster,
      cluster,
      ...(idleTimeout !== undefined && { idleTimeout }),
    }),
  ];
}

/** Ends a connection. It is never logged. */
export const blackholeProxy: ConfigFilter = frozen({
  name: 'envoy.filters.network.tcp_proxy',
  typedConfig: { '@type': typeUrls.tcpProxy, statPrefix: blackhole, cluster: blackhole },
});
