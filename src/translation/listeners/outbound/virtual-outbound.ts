import type { ConfigFilter, Listener } from '../../../xds/types.ts';
import { listenerAddress } from '../listener-address.ts';
import type { ListenerContext } from '../listener-context.ts';
import { blackholeProxy } from './unmatched-traffic.ts';

/**
 * The socket that interception redirects outgoing connections to. It hands each to the listener of its original
 * destination and takes those for which there is none. Source: istio `listener_builder.go`, buildVirtualOutboundListener.
 */
export function buildVirtualOutbound(context: ListenerContext, unmatched: readonly ConfigFilter[]): Listener {
  const { view, telemetry, wildcard } = context;
  const { proxyListenPort = 15001 } = view.mesh.configuration;
  const { accessLogs, statsFilters } = telemetry['sidecar-outbound'];
  return {
    name: 'virtualOutbound',
    address: listenerAddress(wildcard, proxyListenPort),
    filterChains: [
      {
        // Connections to the port itself would come back to it for ever.
        name: 'virtualOutbound-blackhole',
        filterChainMatch: { destinationPort: proxyListenPort },
        filters: [...statsFilters, blackholeProxy],
      },
      { name: 'virtualOutbound-catchall-tcp', filters: unmatched },
    ],
    useOriginalDst: true,
    ...(view.proxy.interceptionMode === 'TPROXY' && { transparent: true }),
    trafficDirection: 'OUTBOUND',
    maxConnectionsToAcceptPerSocketEvent: 1,
    ...(accessLogs.listener.length > 0 && { accessLog: accessLogs.listener }),
  };
}
