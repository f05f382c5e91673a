import { isHttp2 } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import { selectLocalityPreference } from '../../../registry/locality-setting.ts';
import type { SelectedDestinationRule } from '../../../registry/proxy-view.ts';
import type { PortPolicy } from '../../../registry/traffic-policy.ts';
import { buildResourceName } from '../../../xds/resource-name.ts';
import type { Cluster, ClusterDiscoveryType, LocalityLbEndpoints } from '../../../xds/types.ts';
import { buildLocalityEndpoints } from '../../endpoints/build-locality-endpoints.ts';
import { isInsecureDynamicForwardProxy, upstreamHttpOptions } from '../../tls/server-identity.ts';
import type { ClusterContext } from '../cluster-context.ts';
import { buildClusterMetadata, describeService } from '../cluster-metadata.ts';
import { buildCommonLoadBalancing } from '../common-load-balancing.ts';
import { buildConnectionPool } from '../connection-pool.ts';
import {
  askForEndpoints,
  discoveryType,
  dnsFields,
  dnsLookupFamily,
  isDns,
  originalDestinationFields,
  racesConnections,
} from '../discovery.ts';
import { dynamicForwardProxyType } from '../dynamic-forward-proxy.ts';
import { buildLoadBalancing } from '../load-balancing.ts';
import { buildOutlierDetection } from '../outlier-detection.ts';
import { buildProtocolOptions, selectUpstreamProtocol } from '../protocol-options.ts';
import { weighsLocalities } from '../weighs-localities.ts';
import { buildVipTransport, type VipTransport } from './vip-transport.ts';

export interface VipClusterPlan {
  readonly service: Service;
  readonly port: Port;
  readonly rule: SelectedDestinationRule | undefined;
  /** `http` or `tcp`, with the DestinationRule's subset behind a slash. */
  readonly subset: string;
  readonly policy: PortPolicy | undefined;
}

/**
 * Balances over the endpoints of a service, and reaches each through its tunnel.
 * Absent for a DNS cluster without endpoints: Envoy would not know what to resolve.
 * Source: istio `pilot/pkg/networking/core/cluster_waypoint.go`, buildWaypointInboundVIPCluster.
 */
export function buildVipCluster(context: ClusterContext, plan: VipClusterPlan): Cluster | undefined {
  const { service, port, policy, rule, subset } = plan;
  const { view, mesh, preserveCase } = context;
  const name = buildResourceName({
    direction,
    port: port.number,
    subset,
    hostname: service.hostname,
  });
  const protocol = selectUpstreamProtocol({
    protocol: port.protocol,
    sniffs: true,
    preserveCase,
    meshUpgradePolicy: mesh.h2UpgradePolicy,
    direction: 'outbound',
    pool: policy?.connectionPool,
  });
  const { serverIdentity, transportSocket } = buildVipTransport(context, {
    clusterName: name,
    policy,
    isDynamic: service.resolution === 'dynamic-dns',
    http2: protocol.kind === 'http2',
  });
  const discovery = discoveryFields(context, { ...plan, name, serverIdentity });
  if (!discovery) return undefined;
  return {
    name,
    altStatName: `${name};`,
    ...discovery,
    ...(racesConnections(service, view.mesh.profile) && { dnsLookupFamily: 'ALL' }),
    ...buildConnectionPool(mesh, policy?.connectionPool, policy?.retryBudget),
    ...(policy?.outlierDetection && { outlierDetection: buildOutlierDetection(policy.outlierDetection) }),
    transportSocket,
    ...buildProtocolOptions(protocol, policy?.connectionPool, {
      upstreamHttpProtocolOptions: serverIdentity && upstreamHttpOptions(serverIdentity),
      // istiod limits streams before it upgrades.
      ignoresStreamLimit: !isHttp2(port.protocol),
    }),
    ...buildClusterMetadata({ services: [describeService(service)], rule: policy && rule?.metadata, subset }),
  };
}

const direction = 'inbound-vip';

type NamedPlan = VipClusterPlan & { readonly name: string } & Pick<VipTransport, 'serverIdentity'>;

/** How the cluster finds its endpoints, and how it balances over them; nothing where it has none. */
function discoveryFields(context: ClusterContext, plan: NamedPlan): Partial<Cluster> | undefined {
  const { service, name, serverIdentity, policy, port } = plan;
  const { view, dns } = context;
  const { profile } = view.mesh;
  if (service.resolution === 'dynamic-dns') {
    const family = profile.dynamicForwardProxyFollowsFamily ? dnsLookupFamily(view.proxy) : 'V4_ONLY';
    const isInsecure = serverIdentity !== undefined && isInsecureDynamicForwardProxy(serverIdentity);
    const clusterType = dynamicForwardProxyType(service.hostname, family, isInsecure);
    return { lbPolicy: 'CLUSTER_PROVIDED', clusterType };
  }
  const found = discoveryType(service, view.proxy, profile);
  const endpoints = isDns(found) ? resolvedEndpoints(context, plan) : undefined;
  if (endpoints?.length === 0) return undefined;
  const type: ClusterDiscoveryType = policy?.loadBalancer?.simple === 'PASSTHROUGH' ? 'ORIGINAL_DST' : found;
  return {
    type,
    ...(endpoints && dnsFields(dns, service, profile)),
    ...(endpoints && type !== 'ORIGINAL_DST' && { loadAssignment: { clusterName: name, endpoints } }),
    ...(type === 'EDS' && { edsClusterConfig: askForEndpoints(name) }),
    ...(found === 'ORIGINAL_DST' && originalDestinationFields(service, port.number)),
    ...(type === 'ORIGINAL_DST' ? { lbPolicy: 'CLUSTER_PROVIDED' } : buildLoadBalancing(policy?.loadBalancer)),
    commonLbConfig: buildCommonLoadBalancing({
      service,
      isSubset: true,
      outlierDetection: policy?.outlierDetection,
      prefersNear: service.trafficDistribution !== undefined,
      turnsPanicOff: profile.turnsPanicOff,
      weighsLocalities: weighsLocalities(context, plan),
    }),
  };
}

/** The endpoints of a DNS cluster, which it carries itself. Neither the labels nor the TLS mode of a subset count. */
function resolvedEndpoints(
  context: ClusterContext,
  { service, port, policy }: VipClusterPlan,
): readonly LocalityLbEndpoints[] {
  const ofWhole = { service, port, rule: undefined, subset: undefined, policy: undefined, direction } as const;
  const preference = selectLocalityPreference(context.mesh, policy, service);
  return buildLocalityEndpoints(context, ofWhole, { preference, knowsLabels: false });
}
