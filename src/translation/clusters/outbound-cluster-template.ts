import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import { isInsecureDynamicForwardProxy, upstreamHttpOptions } from '../tls/server-identity.ts';
import type { ClusterContext } from './cluster-context.ts';
import { type ClusterTemplate, share } from './cluster-templates.ts';
import { buildCommonLoadBalancing } from './common-load-balancing.ts';
import { buildConnectionPool } from './connection-pool.ts';
import { dnsFields, isDns } from './discovery.ts';
import { isOfKind, kindOf } from './kind-of-cluster.ts';
import { buildLoadBalancing, type LoadBalancing } from './load-balancing.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { buildOutboundTransport, outboundProtocol, selectSockets } from './outbound-transport.ts';
import { buildOutlierDetection } from './outlier-detection.ts';
import { buildProtocolOptions } from './protocol-options.ts';
import { weighsLocalities } from './weighs-localities.ts';

/** What a cluster has in common with all of its policy and kind. */
export function findTemplate(context: ClusterContext, plan: OutboundClusterPlan): ClusterTemplate {
  const { templates } = context;
  for (let known = templates.first(plan.policy); known; known = known.next) {
    if (isOfKind(known.kind, context, plan)) return share(known);
  }
  const template = buildTemplate(context, plan);
  templates.add(plan.policy, kindOf(context, plan), template);
  return template;
}

/**
 * `plan` is any cluster of the kind. Dynamic forward proxies resolve and balance by themselves: of a rule's policy,
 * connection pool and TLS count.
 */
function buildTemplate(context: ClusterContext, plan: OutboundClusterPlan): ClusterTemplate {
  const { service, policy } = plan;
  const { profile } = context.view.mesh;
  const isDynamic = plan.type === 'dynamic-forward-proxy';
  const isPassthrough = plan.type === 'ORIGINAL_DST' || policy?.loadBalancer?.simple === 'PASSTHROUGH';
  const type = isDynamic ? undefined : isPassthrough ? 'ORIGINAL_DST' : plan.type;
  const resolves = isDns(plan.type);
  const transport = buildOutboundTransport(context, plan, { name: '', type: type ?? plan.type });
  const { serverIdentity } = transport;
  const { transportSocket, transportSocketMatches } = selectSockets(transport, plan);
  return {
    fields: {
      type,
      dns: resolves ? dnsFields(context.dns, service, profile) : undefined,
      connectionPool: buildConnectionPool(context.mesh, policy?.connectionPool, policy?.retryBudget),
      outlierDetection: policy?.outlierDetection && buildOutlierDetection(policy.outlierDetection),
      loadBalancing: isDynamic || isPassthrough ? byItself : buildLoadBalancing(policy?.loadBalancer),
      commonLbConfig: isDynamic ? undefined : commonLoadBalancing(context, plan),
      typedExtensionProtocolOptions: buildProtocolOptions(outboundProtocol(context, plan), policy?.connectionPool, {
        upstreamHttpProtocolOptions: serverIdentity && upstreamHttpOptions(serverIdentity),
      }).typedExtensionProtocolOptions,
    },
    carriesEndpoints: resolves && !isPassthrough,
    hasSockets: transportSocket !== undefined || transportSocketMatches !== undefined,
    isInsecure: serverIdentity !== undefined && isInsecureDynamicForwardProxy(serverIdentity),
    preference: selectLocalityPreference(context.mesh, policy, service),
  };
}

const byItself: LoadBalancing = Object.freeze({ lbPolicy: 'CLUSTER_PROVIDED' });

function commonLoadBalancing(context: ClusterContext, plan: OutboundClusterPlan) {
  const { service, policy, subset } = plan;
  return buildCommonLoadBalancing({
    service,
    isSubset: subset !== undefined,
    outlierDetection: policy?.outlierDetection,
    prefersNear: service.trafficDistribution !== undefined,
    turnsPanicOff: context.view.mesh.profile.turnsPanicOff,
    weighsLocalities: weighsLocalities(context, plan),
  });
}
