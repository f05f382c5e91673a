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
  const { statPrefix, destination, rule, listenerClass = 'sidecar-outbound' } = options;
  const { cluster, weightedClusters } = destination;
  const idleTimeout = rule?.trafficPolicy?.connectionPool?.tcp?.idleTimeout ?? context.idleTimeout;
  const settings = rule && readSettings(rule, options);
  const { tcp: accessLog } = context.telemetry[listenerClass].accessLogs;
  if (cluster !== undefined && idleTimeout === undefined && !settings && accessLog.length > 0) {
    // Most say no more, and are laid out at once.
    return { name: tcpProxyName, typedConfig: { '@type': typeUrls.tcpProxy, statPrefix, cluster, accessLog } };
  }
  const proxy: Draft<TcpProxy> = cluster === undefined ? { statPrefix } : { statPrefix, cluster };
  if (weightedClusters) proxy.weightedClusters = weightedClusters;
  if (idleTimeout !== undefined) proxy.idleTimeout = idleTimeout;
  return tcpProxyFilter(context, listenerClass, settings ? Object.assign(proxy, settings) : proxy);
}

type RuleSettings = Pick<TcpProxy, 'maxDownstreamConnectionDuration' | 'hashPolicy' | 'tunnelingConfig'>;

/** What a rule says of connections besides their idle time; nothing in most. */
function readSettings(
  rule: DestinationRule,
  { subset = '', tunnels = true }: Pick<TcpProxyOptions, 'subset' | 'tunnels'>,
): RuleSettings | undefined {
  const { maxConnectionDuration } = rule.trafficPolicy?.connectionPool?.tcp ?? {};
  const chosen = subset === '' ? undefined : rule.subsets?.find(({ name }) => name === subset);
  const hashes = hashesBySource(rule, chosen);
  const tunnel = tunnels ? (subset === '' ? rule.trafficPolicy : chosen?.trafficPolicy)?.tunnel : undefined;
  if (maxConnectionDuration === undefined && !hashes && !tunnel) return undefined;
  return {
    ...(maxConnectionDuration !== undefined && { maxDownstreamConnectionDuration: maxConnectionDuration }),
    ...(hashes && { hashPolicy: sourceAddressHash }),
    ...(tunnel && { tunnelingConfig: buildTunnel(tunnel) }),
  };
}

const tcpProxyName = 'envoy.filters.network.tcp_proxy';

/** A TCP proxy with the access logs of its class. */
export function tcpProxyFilter(context: ListenerContext, listenerClass: ListenerClass, proxy: TcpProxy): ConfigFilter {
  const { tcp: accessLog } = context.telemetry[listenerClass].accessLogs;
  const typedConfig: Draft<AnyOf<'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy'>> = {
    '@type': typeUrls.tcpProxy,
    ...proxy,
  };
  if (accessLog.length > 0) typedConfig.accessLog = accessLog;
  return { name: tcpProxyName, typedConfig };
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
