import type { Protocol } from '../../../model/protocol.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { databaseFilters } from '../outbound/network-filters.ts';
import { buildTcpProxy, type TcpProxyOptions } from '../outbound/tcp-proxy.ts';
import type { GatewayContext } from './gateway-context.ts';

/** What measures the connection comes first, what ends it last. */
export function gatewayProxyFilters(
  context: GatewayContext,
  protocol: Protocol,
  proxy: TcpProxyOptions,
): readonly ConfigFilter[] {
  return [
    ...context.telemetry.gateway.statsFilters,
    ...databaseFilters(protocol, proxy.statPrefix),
    buildTcpProxy(context, { ...proxy, listenerClass: 'gateway' }),
  ];
}
