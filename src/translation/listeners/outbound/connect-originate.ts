import { typeUrls } from '../../../xds/type-urls.ts';
import type { Listener } from '../../../xds/types.ts';
import type { ListenerClass } from '../../http/listener-class.ts';
import type { ListenerContext } from '../listener-context.ts';
import { originalDestination } from '../listener-filters.ts';

const name = 'connect_originate';

/**
 * Wraps connections to workloads of an ambient mesh in an HTTP CONNECT tunnel. No socket: clusters lead to it by name.
 * Source: istio `pilot/pkg/networking/core/listener_waypoint.go`, buildConnectOriginateListener.
 */
export function buildConnectOriginate(
  { telemetry }: ListenerContext,
  listenerClass: ListenerClass = 'sidecar-outbound',
): Listener {
  const { tunnel, listener } = telemetry[listenerClass].accessLogs;
  return {
    name,
    internalListener: {},
    useOriginalDst: false,
    listenerFilters: [originalDestination],
    filterChains: [
      {
        filters: [
          {
            name: 'envoy.filters.network.tcp_proxy',
            typedConfig: {
              '@type': typeUrls.tcpProxy,
              statPrefix: name,
              cluster: name,
              tunnelingConfig: { hostname: '%DOWNSTREAM_LOCAL_ADDRESS%' },
              ...(tunnel.length > 0 && { accessLog: tunnel }),
            },
          },
        ],
      },
    ],
    ...(listener.length > 0 && { accessLog: listener }),
  };
}
