import type { DestinationRule, Subset } from '../../../model/istio/destination-rule.ts';
import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { ConfigFilter, HashPolicy, TcpProxy } from '../../../xds/types.ts';
import type { ListenerClass } from '../../http/listener-class.ts';
import type { ListenerContext } from '../listener-context.ts';

/** Where a TCP proxy sends its connections. */
export type TcpDestination = Pick<TcpProxy, 'cluster' | 'weightedClusters'>;

export interface TcpProxyOptions {
  readonly statPrefix: string;
  readonly destination: TcpDestination;
  readonly rule?: DestinationRule | undefined;
  readonly subset?: string;
  /** Where the traffic comes from; a sidecar's application where absent. */
  readonly listenerClass?: ListenerClass;
  /** False where the rule's tunnel does not count. */
  readonly tunnels?: boolean;
}

/** The last filter of an outbound chain that is not HTTP, with what a DestinationRule says of its connections. */
export function buildTcpProxy(context: ListenerContext, options: TcpProxyOptions): ConfigFilter {
  const { statPrefix, destination, rule, subset = '', listenerClass = 'sidecar-outbound', tunnels = true } = options;
  const tcp = rule?.trafficPolicy?.connectionPool?.tcp;
  const idleTimeout = tcp?.idleTimeout ?? context.idleTimeout;
  const chosen = subset === '' ? undefined : rule?.subsets?.find(({ name }) => name === subset);
  return tcpProxyFilter(context, listenerClass, {
    statPrefix,
    ...destination,
    ...(idleTimeout !== undefined && { idleTimeout }),
    ...(tcp?.maxConnectionDuration !== undefined && { maxDownstreamConnectionDuration: tcp.maxConnectionDuration }),
    ...(hashesBySource(rule, chosen) && { hashPolicy: sourceAddressHash }),
    ...(tunnels && tunnel(subset === '' ? rule?.trafficPolicy : chosen?.trafficPolicy)),
  });
}

/** A TCP proxy with the access logs of its class. */
export function tcpProxyFilter(context: ListenerContext, listenerClass: ListenerClass, proxy: TcpProxy): ConfigFilter {
  const { tcp: accessLog } = context.telemetry[listenerClass].accessLogs;
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typedConfig: { '@type': typeUrls.tcpProxy, ...proxy, ...(accessLog.length > 0 && { accessLog }) },
  };
}

const sourceAddressHash: readonly HashPolicy[] = frozen([{ sourceIp: {} }]);

/** Of all hashes only that of the client's address means something to TCP; any balancer of a subset overrides it. */
function hashesBySource(rule: DestinationRule | undefined, subset: Subset | undefined): boolean {
  const balancer = subset?.trafficPolicy?.loadBalancer ?? rule?.trafficPolicy?.loadBalancer;
  return balancer?.consistentHash?.useSourceIp ?? false;
}

/** Connections travel inside an HTTP CONNECT or POST request to the destination, which is then a proxy. */
function tunnel(policy: DestinationRule['trafficPolicy']): Pick<TcpProxy, 'tunnelingConfig'> {
  const settings = policy?.tunnel;
  if (!settings) return {};
  const { targetHost = '', targetPort = 0, protocol } = settings;
  const host = targetHost.includes(':') ? `[${targetHost}]` : targetHost;
  return { tunnelingConfig: { hostname: `${host}:${targetPort}`, ...(protocol === 'POST' && { usePost: true }) } };
}
