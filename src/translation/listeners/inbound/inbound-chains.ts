import type { ConfigFilter, FilterChain, FilterChainMatch } from '../../../xds/types.ts';
import { buildConnectionManager } from '../../http/connection-manager.ts';
import { buildInboundRouteConfiguration } from '../../routes/inbound.ts';
import { configurationMetadata } from '../configuration-metadata.ts';
import { listenerName } from '../listener-address.ts';
import type { ListenerContext } from '../listener-context.ts';
import { databaseFilters } from '../outbound/network-filters.ts';
import { tcpProxyFilter } from '../outbound/tcp-proxy.ts';
import type { InboundPlan } from '../plan/inbound-plan.ts';
import { type AcceptedConnection, acceptedConnections } from './chain-protocols.ts';
import type { InboundContext } from './inbound-context.ts';
import { inboundStatPrefix } from './inbound-stat-prefix.ts';
import { connectionMetadataExchange } from './metadata-exchange.ts';

/** One filter chain for each kind of connection that a port accepts. Source: istio `listener_inbound.go`, inboundChainForOpts. */
export function buildInboundChains(context: InboundContext, plan: InboundPlan): readonly FilterChain[] {
  const { configuration } = plan;
  return acceptedConnections(plan.port.protocol, context.modeOf(plan.targetPort)).map((connection) => ({
    name: chainName(plan, connection.traffic),
    filterChainMatch: chainMatch(plan, connection),
    filters: connection.traffic === 'http' ? httpFilters(context, plan) : tcpFilters(context, plan),
    ...(connection.terminatesTls && { transportSocket: context.mutualTls[connection.traffic] }),
    ...(configuration && { metadata: configurationMetadata('sidecar', configuration) }),
  }));
}

function chainMatch({ targetPort }: InboundPlan, connection: AcceptedConnection): FilterChainMatch {
  const { applicationProtocols, transportProtocol } = connection;
  return {
    ...(targetPort > 0 && { destinationPort: targetPort }),
    transportProtocol,
    ...(applicationProtocols && { applicationProtocols }),
  };
}

export function chainName({ passthrough, binds, targetPort }: InboundPlan, traffic: 'http' | 'tcp'): string {
  if (!passthrough) return listenerName(binds[0] ?? '', targetPort);
  return traffic === 'http' ? 'virtualInbound-catchall-http' : 'virtualInbound';
}

function httpFilters(context: ListenerContext, plan: InboundPlan): readonly ConfigFilter[] {
  return [
    connectionMetadataExchange,
    buildConnectionManager(context, {
      listenerClass: 'sidecar-inbound',
      statPrefix: plan.passthrough ? plan.cluster : `inbound_${chainName(plan, 'http')}`,
      routes: { inline: buildInboundRouteConfiguration({ ...plan, hostname: plan.subject.hostname }) },
      protocol: plan.port.protocol,
    }),
  ];
}

function tcpFilters(context: ListenerContext, plan: InboundPlan): readonly ConfigFilter[] {
  const { idleTimeout, telemetry } = context;
  const statPrefix = inboundStatPrefix(context, plan);
  return [
    connectionMetadataExchange,
    ...telemetry['sidecar-inbound'].statsFilters,
    ...databaseFilters(plan.port.protocol, statPrefix),
    tcpProxyFilter(context, 'sidecar-inbound', {
      statPrefix,
      cluster: plan.cluster,
      ...(idleTimeout !== undefined && { idleTimeout }),
    }),
  ];
}
