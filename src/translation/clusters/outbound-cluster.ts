import type { Service } from '../../model/service.ts';
import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import { buildSniName, outboundName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import { selectClientTls } from '../tls/client-tls.ts';
import { wrapInProxyProtocol } from '../tls/proxy-protocol-socket.ts';
import { isInsecureDynamicForwardProxy, upstreamHttpOptions } from '../tls/server-identity.ts';
import { buildUpstreamTransport, type UpstreamTransport } from '../tls/upstream-transport.ts';
import { inferServiceMode } from './auto-mutual-tls.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildClusterMetadata, type ClusterMetadataInput } from './cluster-metadata.ts';
import { buildCommonLoadBalancing } from './common-load-balancing.ts';
import { buildConnectionPool } from './connection-pool.ts';
import {
  dnsFields,
  dnsLookupFamily,
  edsFields,
  inlineEndpoints,
  isDns,
  originalDestinationFields,
} from './discovery.ts';
import { buildDnsEndpoints } from './dns-endpoints.ts';
import { dynamicForwardProxyFields } from './dynamic-forward-proxy.ts';
import { buildLoadBalancing } from './load-balancing.ts';
import { metadataExchange } from './metadata-exchange.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { buildOutlierDetection } from './outlier-detection.ts';
import { buildProtocolOptions, selectUpstreamProtocol, type UpstreamProtocol } from './protocol-options.ts';
import { buildStatName } from './stat-name.ts';

/** Absent for a DNS cluster without endpoints: Envoy would not know what to resolve. */
export function buildOutboundCluster(context: ClusterContext, plan: OutboundClusterPlan): Cluster | undefined {
  if (plan.type === 'dynamic-forward-proxy') return buildDynamicForwardProxyCluster(context, plan);
  const { service, port, policy, subset } = plan;
  const { view, mesh } = context;
  const name = clusterName(plan);

  const found = isDns(plan.type) ? buildDnsEndpoints(context, plan) : undefined;
  if (found?.length === 0) return undefined;

  const isPassthrough = plan.type === 'ORIGINAL_DST' || policy?.loadBalancer?.simple === 'PASSTHROUGH';
  const type = isPassthrough ? 'ORIGINAL_DST' : plan.type;
  const protocol = upstreamProtocol(context, plan);
  const transport = plan.passesMutualTls ? asItComes : outboundTransport(context, plan, { name, protocol, type });
  const { serverIdentity } = transport;

  return {
    name,
    type,
    altStatName: buildStatName({
      pattern: mesh.outboundClusterStatName,
      clusterName: name,
      service,
      port,
      subset: subset?.name,
    }),
    ...(found && dnsFields(context.dns, service, view.mesh.profile)),
    ...(found && !isPassthrough && inlineEndpoints(name, found)),
    ...(type === 'EDS' && edsFields(name)),
    ...(plan.type === 'ORIGINAL_DST' && originalDestinationFields(service, port.number)),
    ...buildConnectionPool(mesh, policy?.connectionPool, policy?.retryBudget),
    ...(policy?.outlierDetection && { outlierDetection: buildOutlierDetection(policy.outlierDetection) }),
    ...(isPassthrough ? { lbPolicy: 'CLUSTER_PROVIDED' } : buildLoadBalancing(policy?.loadBalancer)),
    commonLbConfig: buildCommonLoadBalancing({
      service,
      isSubset: subset !== undefined,
      outlierDetection: policy?.outlierDetection,
      prefersNear: service.trafficDistribution !== undefined,
      sendsUnhealthy: view.mesh.profile.sendsUnhealthyEndpoints,
      weighsLocalities: weighsLocalities(context, plan),
    }),
    ...sockets(transport, plan),
    ...buildProtocolOptions(protocol, policy?.connectionPool, {
      upstreamHttpProtocolOptions: serverIdentity && upstreamHttpOptions(serverIdentity),
    }),
    ...buildClusterMetadata(metadataInput(context, plan, [service])),
    ...metadataExchange,
  };
}

function clusterName({ service, port, subset, passesMutualTls }: OutboundClusterPlan): string {
  const { hostname } = service;
  if (!passesMutualTls) return outboundName(hostname, port.number, subset?.name);
  return buildSniName({ direction: 'outbound', port: port.number, subset: subset?.name ?? '', hostname });
}

/** Weights of localities only count where a setting uses them, since they change what the load balancer would choose. */
export function weighsLocalities(
  { mesh }: ClusterContext,
  { service, policy }: Pick<OutboundClusterPlan, 'service' | 'policy'>,
): boolean {
  const { setting, alwaysFailsOver } = selectLocalityPreference(mesh, policy?.loadBalancer?.localityLbSetting, service);
  if (setting?.distribute?.length) return true;
  const failsOver = alwaysFailsOver || policy?.outlierDetection !== undefined;
  return failsOver && Boolean(setting?.failover?.length || setting?.failoverPriority?.length);
}

/** Dynamic forward proxies resolve and balance by themselves: of a rule's policy, connection pool and TLS count. */
function buildDynamicForwardProxyCluster(context: ClusterContext, plan: OutboundClusterPlan): Cluster {
  const { service, port, policy } = plan;
  const { mesh, proxy } = context.view;
  const name = outboundName(service.hostname, port.number);
  const protocol = upstreamProtocol(context, plan);
  const transport = outboundTransport(context, plan, { name, protocol, type: plan.type });
  const { serverIdentity } = transport;
  return {
    name,
    altStatName: `${name};`,
    ...dynamicForwardProxyFields(
      service.hostname,
      mesh.profile.dynamicForwardProxyFollowsFamily ? dnsLookupFamily(proxy) : 'V4_ONLY',
      serverIdentity !== undefined && isInsecureDynamicForwardProxy(serverIdentity),
    ),
    ...buildConnectionPool(context.mesh, policy?.connectionPool, policy?.retryBudget),
    ...(policy?.outlierDetection && { outlierDetection: buildOutlierDetection(policy.outlierDetection) }),
    ...sockets(transport, plan),
    ...buildProtocolOptions(protocol, policy?.connectionPool, {
      upstreamHttpProtocolOptions: serverIdentity && upstreamHttpOptions(serverIdentity),
    }),
    ...buildClusterMetadata(metadataInput(context, plan)),
    ...metadataExchange,
  };
}

function upstreamProtocol({ view, mesh, preserveCase }: ClusterContext, plan: OutboundClusterPlan): UpstreamProtocol {
  return selectUpstreamProtocol({
    protocol: plan.port.protocol,
    sniffs: view.proxy.type !== 'router',
    preserveCase,
    meshUpgradePolicy: mesh.h2UpgradePolicy,
    direction: 'outbound',
    pool: plan.policy?.connectionPool,
  });
}

interface Connection {
  readonly name: string;
  readonly protocol: UpstreamProtocol;
  readonly type: OutboundClusterPlan['type'];
}

function outboundTransport(
  context: ClusterContext,
  { service, port, policy, rule, subset }: OutboundClusterPlan,
  { name, protocol, type }: Connection,
): UpstreamTransport {
  const isDynamic = type === 'dynamic-forward-proxy';
  const identities = isDynamic ? [] : service.subjectAltNames;
  const { hostname } = service;
  const tls = selectClientTls({
    settings: policy?.tls,
    proxyCertificates: context.proxyCertificates,
    subjectAltNames: identities,
    sni: isDynamic
      ? undefined
      : buildSniName({ direction: 'outbound', port: port.number, subset: subset?.name ?? '', hostname }),
    autoMutualTls: context.mesh.enableAutoMtls ?? false,
    meshExternal: service.meshExternal,
    serviceMode: inferServiceMode(context, service, port, subset ? subset.trafficPolicy : rule?.spec.trafficPolicy),
  });
  return buildUpstreamTransport({
    tls,
    clusterName: name,
    isDynamic,
    http2: protocol.kind === 'http2',
    fallbackSubjectAltNames: service.registry === 'External' ? identities : [],
    secretServers: context.secretServers,
    tlsDefaults: context.mesh.tlsDefaults,
    matchesEndpoints: type !== 'ORIGINAL_DST',
    usesTunnels: context.view.mesh.features.ambient || context.view.proxy.type === 'waypoint',
    mayUseCredentials: context.view.proxy.type !== 'sidecar' || rule?.spec.workloadSelector !== undefined,
  });
}

const asItComes: UpstreamTransport = {};

function sockets(
  { transportSocket, transportSocketMatches }: UpstreamTransport,
  { policy, passesMutualTls }: OutboundClusterPlan,
): Pick<Cluster, 'transportSocket' | 'transportSocketMatches'> {
  const own = {
    ...(transportSocket && { transportSocket }),
    ...(transportSocketMatches && { transportSocketMatches }),
  };
  const settings = policy?.proxyProtocol;
  return settings && !passesMutualTls ? wrapInProxyProtocol(own, settings.version ?? 'V1') : own;
}

function metadataInput(
  { view }: ClusterContext,
  plan: OutboundClusterPlan,
  services?: readonly Service[],
): ClusterMetadataInput {
  const { service, port, rule, subset, policy, passesMutualTls } = plan;
  const endpoints = subset || passesMutualTls ? [] : view.mesh.endpointsOf(service, port);
  return {
    services,
    tunnelled: endpoints.length > 0 && endpoints.every((endpoint) => view.mesh.acceptsTunnel(endpoint)),
    external: service.meshExternal && subset === undefined,
    rule: rule?.metadata,
    subset: subset?.name,
    tlsMode: policy?.tls?.mode,
  };
}
