import type { Draft } from '../../xds/draft.ts';
import { buildSniName, outboundName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import { edsFields, inlineEndpoints, isDns, originalDestinationFields } from './discovery.ts';
import { buildDnsEndpoints } from './dns-endpoints.ts';
import { buildDynamicForwardProxyCluster } from './dynamic-forward-proxy-cluster.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { findTemplate } from './outbound-cluster-template.ts';
import { buildOutboundMetadata } from './outbound-metadata.ts';
import { buildOutboundTransport, selectSockets } from './outbound-transport.ts';
import { buildStatName } from './stat-name.ts';

/**
 * A copy of what all clusters of its policy and kind have in common, with its own in the place of what stands in for it.
 * Absent for a DNS cluster without endpoints: Envoy would not know what to resolve.
 */
export function buildOutboundCluster(context: ClusterContext, plan: OutboundClusterPlan): Cluster | undefined {
  if (plan.type === 'dynamic-forward-proxy') return buildDynamicForwardProxyCluster(context, plan);
  const { service, port, subset } = plan;
  const endpoints = isDns(plan.type) ? buildDnsEndpoints(context, plan) : [];
  if (isDns(plan.type) && endpoints.length === 0) return undefined;

  const name = clusterName(plan);
  const cluster: Draft<Cluster> = { ...findTemplate(context, plan) };
  const { type = plan.type, loadAssignment, edsClusterConfig, originalDstLbConfig } = cluster;
  cluster.name = name;
  cluster.altStatName = buildStatName({
    pattern: context.mesh.outboundClusterStatName,
    clusterName: name,
    service,
    port,
    subset: subset?.name,
  });
  if (loadAssignment) Object.assign(cluster, inlineEndpoints(name, endpoints));
  if (edsClusterConfig) Object.assign(cluster, edsFields(name));
  if (originalDstLbConfig) Object.assign(cluster, originalDestinationFields(service, port.number));
  if (cluster.transportSocket ?? cluster.transportSocketMatches) {
    Object.assign(cluster, selectSockets(buildOutboundTransport(context, plan, { name, type }), plan));
  }
  return Object.assign(cluster, buildOutboundMetadata(context, plan, [service]));
}

function clusterName({ service, port, subset, passesMutualTls }: OutboundClusterPlan): string {
  const { hostname } = service;
  if (!passesMutualTls) return outboundName(hostname, port.number, subset?.name);
  return buildSniName({ direction: 'outbound', port: port.number, subset: subset?.name ?? '', hostname });
}
