import type { FilterChain, Listener } from '../../../xds/types.ts';
import { listenerAddress } from '../listener-address.ts';
import { connectionBalance, type ListenerContext } from '../listener-context.ts';
import { originalDestination, originalSource } from '../listener-filters.ts';
import { blackholeProxy } from '../outbound/unmatched-traffic.ts';
import type { InboundPlan } from '../plan/inbound-plan.ts';
import { planInbound } from '../plan/plan-inbound.ts';
import { buildInboundChains, chainName } from './inbound-chains.ts';
import { buildInboundContext, type InboundContext } from './inbound-context.ts';
import { inboundInspectors } from './inbound-inspectors.ts';
import { connectionMetadataExchange } from './metadata-exchange.ts';

/**
 * With interception one listener takes all inbound traffic, with chains for each port; ingress listeners that bind to
 * their port get a socket of their own. Source: istio `listener_inbound.go`, buildInboundListeners.
 */
export function buildInboundListeners(context: ListenerContext): readonly Listener[] {
  const inbound = buildInboundContext(context);
  const plans = planInbound(context);
  const bound = plans.filter(({ bindToPort }) => bindToPort).map((plan) => boundListener(inbound, plan));
  if (context.view.proxy.interceptionMode === 'NONE') return bound;
  const intercepted = plans.filter(({ bindToPort }) => !bindToPort);
  return [virtualInbound(inbound, intercepted), ...bound];
}

function virtualInbound(context: InboundContext, plans: readonly InboundPlan[]): Listener {
  const { proxyInboundListenPort: port = 15006 } = context.view.mesh.configuration;
  const chains = [...unclaimedPlans(context), ...plans].flatMap((plan) => buildInboundChains(context, plan));
  return inboundListener(context, {
    name: 'virtualInbound',
    bind: context.wildcard,
    port,
    bindToPort: false,
    chains: [blackholeChain(context, port), ...chains],
  });
}

function boundListener(context: InboundContext, plan: InboundPlan): Listener {
  return inboundListener(context, {
    name: chainName(plan, 'tcp'),
    bind: plan.binds[0] ?? '',
    port: plan.targetPort,
    bindToPort: true,
    chains: buildInboundChains(context, plan),
  });
}

/** Connections to the intercepting port itself would come back to it for ever. */
function blackholeChain({ telemetry }: ListenerContext, port: number): FilterChain {
  return {
    name: 'virtualInbound-blackhole',
    filterChainMatch: { destinationPort: port },
    filters: [connectionMetadataExchange, ...telemetry['sidecar-inbound'].statsFilters, blackholeProxy],
  };
}

/** Any port that nothing describes goes through to the workload; ports with a mutual TLS mode of their own apart. */
function unclaimedPlans({ view, portsWithMode }: InboundContext): readonly InboundPlan[] {
  const ingress = view.sidecar?.spec.ingress ?? [];
  const claimed = new Set(
    ingress.length > 0
      ? ingress.map(({ port }) => port?.number ?? 0)
      : view.targets.map(({ targetPort }) => targetPort),
  );
  return [0, ...portsWithMode.filter((port) => !claimed.has(port))].map((targetPort) => ({
    passthrough: true,
    cluster: 'InboundPassthroughCluster',
    targetPort,
    port: { name: 'virtualInbound', number: 0, protocol: 'Unsupported' },
    subject: { hostname: '', name: '', namespace: '', registry: 'External' },
    binds: [],
    bindToPort: false,
  }));
}

interface InboundListenerParts {
  readonly name: string;
  readonly bind: string;
  readonly port: number;
  readonly bindToPort: boolean;
  readonly chains: readonly FilterChain[];
}

function inboundListener(context: ListenerContext, parts: InboundListenerParts): Listener {
  const { name, bind, port, bindToPort, chains } = parts;
  const { view, telemetry } = context;
  const { protocolDetectionTimeout = '0s' } = view.mesh.configuration;
  const accessLog = telemetry['sidecar-inbound'].accessLogs.listener;
  const transparent = !bindToPort && view.proxy.interceptionMode === 'TPROXY';
  const listenerFilters = [
    ...(bindToPort ? [] : [originalDestination]),
    ...(transparent ? [originalSource] : []),
    ...inboundInspectors(chains),
  ];
  return {
    name,
    address: listenerAddress(bind, port),
    filterChains: chains,
    ...(listenerFilters.length > 0 && { listenerFilters }),
    listenerFiltersTimeout: protocolDetectionTimeout,
    continueOnListenerFiltersTimeout: true,
    ...(transparent && { transparent }),
    trafficDirection: 'INBOUND',
    ...connectionBalance(context, 'INBOUND_LISTENER_EXACT_BALANCE'),
    ...(accessLog.length > 0 && { accessLog }),
    maxConnectionsToAcceptPerSocketEvent: 1,
  };
}
