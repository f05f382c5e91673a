import type { Cluster, LocalityLbEndpoints } from '../../xds/types.ts';
import { assembleCluster, type OwnFields } from './assemble-cluster.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { ClusterTemplate } from './cluster-templates.ts';
import { askForEndpoints, dnsLookupFamily, isDns, overridePort } from './discovery.ts';
import { buildDnsEndpoints } from './dns-endpoints.ts';
import { dynamicForwardProxyType } from './dynamic-forward-proxy.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { findTemplate } from './outbound-cluster-template.ts';
import { findOutboundMetadata } from './outbound-metadata.ts';
import { buildOutboundTransport, selectSockets } from './outbound-transport.ts';
import { buildStatName } from './stat-name.ts';

/**
 * What all clusters of its policy and kind have in common, and what is its own.
 * Absent for a DNS cluster without endpoints: Envoy would not know what to resolve.
 */
export function buildOutboundCluster(context: ClusterContext, plan: OutboundClusterPlan): Cluster | undefined {
  const template = findTemplate(context, plan);
  const endpoints = isDns(plan.type) ? buildDnsEndpoints(context, plan, template.preference) : nothing;
  if (isDns(plan.type) && endpoints.length === 0) return undefined;

  const { fields } = template;
  const { service, port } = plan;
  const isDynamic = plan.type === 'dynamic-forward-proxy';
  const name = clusterName(context, plan);
  return assembleCluster(
    {
      name,
      altStatName: isDynamic ? `${name};` : statName(context, plan, name),
      clusterType: isDynamic ? forwardProxy(context, plan, template) : undefined,
      loadAssignment: template.carriesEndpoints ? { clusterName: name, endpoints } : undefined,
      edsClusterConfig: fields.type === 'EDS' ? askForEndpoints(name) : undefined,
      originalDstLbConfig: plan.type === 'ORIGINAL_DST' ? overridePort(service, port.number) : undefined,
      sockets: template.hasSockets ? buildSockets(context, plan, { name, type: fields.type ?? plan.type }) : noSockets,
      metadata: findOutboundMetadata(context, plan),
    },
    fields,
  );
}

const nothing: readonly LocalityLbEndpoints[] = [];
const noSockets: OwnFields['sockets'] = {};

function clusterName(
  { names }: ClusterContext,
  { service, port, subset, passesMutualTls }: OutboundClusterPlan,
): string {
  const { hostname } = service;
  if (passesMutualTls) return names.sniOf(hostname, port.number, subset?.name);
  return names.of(hostname, port.number, subset?.name);
}

function statName(
  { mesh }: ClusterContext,
  { service, port, subset }: OutboundClusterPlan,
  clusterName: string,
): string {
  const pattern = mesh.outboundClusterStatName;
  return pattern ? buildStatName({ pattern, clusterName, service, port, subset: subset?.name }) : `${clusterName};`;
}

function forwardProxy({ view }: ClusterContext, { service }: OutboundClusterPlan, { isInsecure }: ClusterTemplate) {
  const { mesh, proxy } = view;
  const family = mesh.profile.dynamicForwardProxyFollowsFamily ? dnsLookupFamily(proxy) : 'V4_ONLY';
  return dynamicForwardProxyType(service.hostname, family, isInsecure);
}

function buildSockets(
  context: ClusterContext,
  plan: OutboundClusterPlan,
  named: Pick<Cluster, 'name'> & Pick<OutboundClusterPlan, 'type'>,
): OwnFields['sockets'] {
  return selectSockets(buildOutboundTransport(context, plan, named), plan);
}
