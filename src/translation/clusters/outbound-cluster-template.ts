import { upstreamHttpOptions } from '../tls/server-identity.ts';
import { inferServiceMode } from './auto-mutual-tls.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { ClusterTemplate } from './cluster-templates.ts';
import { buildCommonLoadBalancing, keepsDrainingEndpoints } from './common-load-balancing.ts';
import { buildConnectionPool } from './connection-pool.ts';
import {
  dnsFields,
  edsFields,
  inlineEndpoints,
  isDns,
  originalDestinationFields,
  racesConnections,
} from './discovery.ts';
import { buildLoadBalancing } from './load-balancing.ts';
import { metadataExchange } from './metadata-exchange.ts';
import type { OutboundClusterKind } from './outbound-cluster-kind.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { buildOutboundTransport, mayUseCredentials, outboundProtocol, selectSockets } from './outbound-transport.ts';
import { buildOutlierDetection } from './outlier-detection.ts';
import { buildProtocolOptions } from './protocol-options.ts';
import { weighsLocalities } from './weighs-localities.ts';

/** What a cluster has in common with all of its policy and kind. */
export function findTemplate(context: ClusterContext, plan: OutboundClusterPlan): ClusterTemplate {
  return context.templates.get(plan.policy, kindOf(context, plan), () => buildTemplate(context, plan));
}

function kindOf(context: ClusterContext, plan: OutboundClusterPlan): OutboundClusterKind {
  const { service, port, type, rule, subset, passesMutualTls } = plan;
  return {
    type,
    protocol: port.protocol,
    racesConnections: racesConnections(service, context.view.mesh.profile),
    overridesPort: type === 'ORIGINAL_DST' && 'originalDstLbConfig' in originalDestinationFields(service, port.number),
    trafficDistribution: service.trafficDistribution,
    keepsDraining: keepsDrainingEndpoints(service, subset !== undefined),
    meshExternal: service.meshExternal,
    serviceMode: inferServiceMode(context, service, port, subset ? subset.trafficPolicy : rule?.spec.trafficPolicy),
    mayUseCredentials: mayUseCredentials(context, plan),
    passesMutualTls,
  };
}

/** `plan` is any cluster of the kind. */
function buildTemplate(context: ClusterContext, plan: OutboundClusterPlan): ClusterTemplate {
  const { service, port, policy, subset } = plan;
  const { profile } = context.view.mesh;
  if (plan.type === 'dynamic-forward-proxy') throw new Error('A dynamic forward proxy balances over no endpoints');
  const isPassthrough = plan.type === 'ORIGINAL_DST' || policy?.loadBalancer?.simple === 'PASSTHROUGH';
  const type = isPassthrough ? 'ORIGINAL_DST' : plan.type;
  const transport = buildOutboundTransport(context, plan, { name: '', type });
  const { serverIdentity } = transport;
  const { transportSocket, transportSocketMatches } = selectSockets(transport, plan);
  return {
    name: '',
    type,
    altStatName: '',
    ...(isDns(plan.type) && dnsFields(context.dns, service, profile)),
    ...(isDns(plan.type) && !isPassthrough && inlineEndpoints('', [])),
    ...(type === 'EDS' && edsFields('')),
    ...(plan.type === 'ORIGINAL_DST' && originalDestinationFields(service, port.number)),
    ...buildConnectionPool(context.mesh, policy?.connectionPool, policy?.retryBudget),
    ...(policy?.outlierDetection && { outlierDetection: buildOutlierDetection(policy.outlierDetection) }),
    ...(isPassthrough ? { lbPolicy: 'CLUSTER_PROVIDED' } : buildLoadBalancing(policy?.loadBalancer)),
    commonLbConfig: buildCommonLoadBalancing({
      service,
      isSubset: subset !== undefined,
      outlierDetection: policy?.outlierDetection,
      prefersNear: service.trafficDistribution !== undefined,
      turnsPanicOff: profile.turnsPanicOff,
      weighsLocalities: weighsLocalities(context, plan),
    }),
    ...(transportSocket && { transportSocket: { name: '' } }),
    ...(transportSocketMatches && { transportSocketMatches: [] }),
    ...buildProtocolOptions(outboundProtocol(context, plan), policy?.connectionPool, {
      upstreamHttpProtocolOptions: serverIdentity && upstreamHttpOptions(serverIdentity),
    }),
    metadata: {},
    ...metadataExchange,
  };
}
