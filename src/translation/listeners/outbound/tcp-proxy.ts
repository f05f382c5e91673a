import type { DestinationRule, Subset, TrafficPolicy } from '../../../model/istio/destination-rule.ts';
import type { Draft } from '../../../xds/draft.ts';
import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { AnyOf, ConfigFilter, HashPolicy, TcpProxy, TcpProxyTunnelingConfig } from '../../../xds/types.ts';
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
  const { cluster, weightedClusters } = destination;
  const proxy: Draft<TcpProxy> = cluster === undefined ? { statPrefix } : { statPrefix, cluster };
  if (weightedClusters) proxy.weightedClusters = weightedClusters;
  const idleTimeout = rule?.trafficPolicy?.connectionPool?.tcp?.idleTimeout ?? context.idleTimeout;
  if (idleTimeout !== undefined) proxy.idleTimeout = idleTimeout;
  if (rule) followRule(proxy, rule, { subset, tunnels });
  return tcpProxyFilter(context, listenerClass, proxy);
}

function followRule(
  proxy: Draft<TcpProxy>,
  rule: DestinationRule,
  { subset, tunnels }: Required<Pick<TcpProxyOptions, 'subset' | 'tunnels'>>,
): void {
  const { maxConnectionDuration } = rule.trafficPolicy?.connectionPool?.tcp ?? {};
  if (maxConnectionDuration !== undefined) proxy.maxDownstreamConnectionDuration = maxConnectionDuration;
  const chosen = subset === '' ? undefined : rule.subsets?.find(({ name }) => name === subset);
  if (hashesBySource(rule, chosen)) proxy.hashPolicy = sourceAddressHash;
  const settings = (subset === '' ? rule.trafficPolicy : chosen?.trafficPolicy)?.tunnel;
  if (tunnels && settings) proxy.tunnelingConfig = buildTunnel(settings);
}

/** A TCP proxy with the access logs of its class. */
export function tcpProxyFilter(context: ListenerContext, listenerClass: ListenerClass, proxy: TcpProxy): ConfigFilter {
  const { tcp: accessLog } = context.telemetry[listenerClass].accessLogs;
  const typedConfig: Draft<AnyOf<'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy'>> = {
    '@type': typeUrls.tcpProxy,
    ...proxy,
  };
  if (accessLog.length > 0) typedConfig.accessLog = accessLog;
  return { name: 'envoy.filters.network.tcp_proxy', typedConfig };
}

const sourceAddressHash: readonly HashPolicy[] = frozen([{ sourceIp: {} }]);

/** Of all hashes only that of the client's address means something to TCP; any balancer of a subset overrides it. */
function hashesBySource(rule: DestinationRule, subset: Subset | undefined): boolean {
  const balancer = subset?.trafficPolicy?.loadBalancer ?? rule.trafficPolicy?.loadBalancer;
  return balancer?.consistentHash?.useSourceIp ?? false;
}

/** Connections travel inside an HTTP CONNECT or POST request to the destination, which is then a proxy. */
function buildTunnel({
  targetHost = '',
  targetPort = 0,
  protocol,
}: NonNullable<TrafficPolicy['tunnel']>): TcpProxyTunnelingConfig {
  const host = targetHost.includes(':') ? `[${targetHost}]` : targetHost;
  return { hostname: `${host}:${targetPort}`, ...(protocol === 'POST' && { usePost: true }) };
}
