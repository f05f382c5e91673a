import { typeUrls } from '../../../xds/type-urls.ts';
import type { ConfigFilter, Listener, TcpProxyTunnelingConfig } from '../../../xds/types.ts';
import { originalDestination } from '../listener-filters.ts';
import { hashableFactory, keepInFilterState } from './filter-state.ts';
import type { WaypointContext } from './waypoint-context.ts';

const targetKey = 'istio.double_hbone.hbone_target_address';
const hostname = `%FILTER_STATE(${targetKey}:PLAIN)%`;

/**
 * Opens the inner of the two tunnels that lead to a workload of another network: it keeps what the endpoint's metadata
 * says of the gateway there and of the target.
 * Source: istio `pilot/pkg/networking/core/listener.go`, buildInnerConnectOriginateListener.
 */
export function buildInnerConnectOriginate(context: WaypointContext): Listener {
  const { proxy } = context.view;
  const keepEndpoint: ConfigFilter = {
    name: 'propagate_endpoint_metadata',
    typedConfig: {
      '@type': typeUrls.networkSetFilterState,
      onNewConnection: [
        keepInFilterState('envoy.filters.listener.original_dst.local_ip', {
          format: '%DYNAMIC_METADATA(envoy.filters.listener.original_dst:local)%',
          shared: 'TRANSITIVE',
        }),
        keepInFilterState(targetKey, {
          format: '%DYNAMIC_METADATA(istio:double_hbone:hbone_target_address)%',
          shared: 'TRANSITIVE',
          factoryKey: hashableFactory(proxy),
        }),
      ],
    },
  };
  const network = header('x-forwarded-network', proxy.network);
  return tunnelListener(context, 'inner_connect_originate', { hostname, headersToAdd: network }, [keepEndpoint]);
}

/** Opens the outer one, which says that this waypoint has applied the service's policies already. Source: as above. */
export function buildOuterConnectOriginate(context: WaypointContext): Listener {
  const source = header('x-istio-source', 'waypoint');
  return {
    ...tunnelListener(context, 'outer_connect_originate', { hostname, headersToAdd: source }),
    listenerFilters: [originalDestination],
  };
}

type Headers = NonNullable<TcpProxyTunnelingConfig['headersToAdd']>;

function header(key: string, value: string): Headers {
  return [{ header: { key, ...(value !== '' && { value }) }, appendAction: 'OVERWRITE_IF_EXISTS_OR_ADD' }];
}

function tunnelListener(
  { telemetry }: WaypointContext,
  name: string,
  tunnelingConfig: TcpProxyTunnelingConfig,
  filters: readonly ConfigFilter[] = [],
): Listener {
  const { tunnel, listener } = telemetry.waypoint.accessLogs;
  const proxy: ConfigFilter = {
    name: 'envoy.filters.network.tcp_proxy',
    typedConfig: {
      '@type': typeUrls.tcpProxy,
      statPrefix: name,
      cluster: name,
      tunnelingConfig,
      ...(tunnel.length > 0 && { accessLog: tunnel }),
    },
  };
  return {
    name,
    internalListener: {},
    useOriginalDst: false,
    filterChains: [{ filters: [...filters, proxy] }],
    ...(listener.length > 0 && { accessLog: listener }),
  };
}
