import type { Port, Service } from '../../model/service.ts';
import type { ProxyView, SelectedDestinationRule } from '../../registry/proxy-view.ts';
import { type PortPolicy, selectPortPolicy } from '../../registry/traffic-policy.ts';
import { socketAddress } from '../../xds/address.ts';
import { inboundName } from '../../xds/resource-name.ts';
import type { Address, Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildClusterMetadata, describeService } from './cluster-metadata.ts';
import { buildConnectionPool } from './connection-pool.ts';
import { originalDestinationFields } from './discovery.ts';
import type { InboundEndpoint } from './inbound-endpoint.ts';
import { inboundBindConfig } from './passthrough-and-blackhole.ts';
import { buildProtocolOptions, selectUpstreamProtocol } from './protocol-options.ts';
import { buildStatName } from './stat-name.ts';

export interface InboundClusterPlan {
  /** Port of the workload, or the port that a Sidecar's ingress listener listens on. */
  readonly number: number;
  /** The service port (of the first service) that declares the protocol. */
  readonly port: Port;
  /** The services reachable here; empty for an ingress listener that stands for none. */
  readonly services: readonly { readonly service: Service; readonly port: Port }[];
  /** Absent: the original destination. */
  readonly endpoint?: InboundEndpoint;
}

/** Inbound clusters close no idle host: the longest duration that istiod's language can hold. */
const neverCleanUp = '9223372035s';

/**
 * The cluster behind a port of the workload. Of a DestinationRule the connection pool and the retry budget count, so
 * that the server can take what its clients are allowed to send.
 * Source: istio `pilot/pkg/networking/core/cluster_builder.go`, buildInboundCluster.
 */
export function buildInboundCluster(context: ClusterContext, plan: InboundClusterPlan): Cluster {
  const { view, mesh, preserveCase } = context;
  const { number, port, services, endpoint } = plan;
  const name = inboundName(number);
  const service = services[0]?.service;
  const rule = service && view.inboundDestinationRuleFor(service);
  const policy = inboundPolicy(view, rule, plan);
  const protocol = selectUpstreamProtocol({
    protocol: port.protocol,
    sniffs: true,
    preserveCase,
    meshUpgradePolicy: undefined,
    direction: 'inbound',
    pool: policy?.connectionPool,
  });
  return {
    name,
    altStatName: buildStatName({
      pattern: mesh.inboundClusterStatName,
      clusterName: name,
      service: service ?? sidecarAsService(view),
      port,
      targetPort: number,
    }),
    ...(endpoint
      ? { type: 'STATIC', loadAssignment: staticEndpoint(name, endpoint) }
      : {
          type: 'ORIGINAL_DST',
          lbPolicy: 'CLUSTER_PROVIDED',
          cleanupInterval: neverCleanUp,
          ...originalDestinationFields(service, port.number),
        }),
    commonLbConfig: {},
    ...buildConnectionPool(mesh, policy?.connectionPool, policy?.retryBudget),
    ...buildProtocolOptions(protocol, policy?.connectionPool),
    ...inboundMetadata(plan, rule),
    ...(!isLoopback(endpoint) && { upstreamBindConfig: inboundBindConfig(view.proxy) }),
  };
}

/** The pool that the Sidecar sets for the port, or for all of them, hides that of the rule. */
function inboundPolicy(
  { sidecar }: ProxyView,
  rule: SelectedDestinationRule | undefined,
  { number, port }: InboundClusterPlan,
): Pick<PortPolicy, 'connectionPool' | 'retryBudget'> | undefined {
  const ofRule = selectPortPolicy(rule?.spec.trafficPolicy, port.number);
  const listener = sidecar?.spec.ingress?.find((ingress) => ingress.port?.number === number && ingress.connectionPool);
  const connectionPool = listener?.connectionPool ?? sidecar?.spec.inboundConnectionPool;
  return connectionPool ? { ...ofRule, connectionPool } : ofRule;
}

/** Telemetry wants to know the services of this port; those outside the mesh are not told. */
function inboundMetadata({ services, port }: InboundClusterPlan, rule: SelectedDestinationRule | undefined) {
  const first = services[0]?.service;
  if (!first || first.meshExternal) return {};
  const samePort = services.filter((candidate) => candidate.port.number === port.number);
  const byHostname = new Map<string, Service>();
  for (const { service } of samePort) if (!byHostname.has(service.hostname)) byHostname.set(service.hostname, service);
  return buildClusterMetadata({
    services: [...byHostname.values()].map(describeService),
    rule: rule?.spec.trafficPolicy ? rule.metadata : undefined,
  });
}

function staticEndpoint(clusterName: string, endpoint: InboundEndpoint): NonNullable<Cluster['loadAssignment']> {
  const address = inboundAddress(endpoint);
  return { clusterName, endpoints: [{ lbEndpoints: [{ endpoint: { address } }] }] };
}

/** istiod takes an address without a port for the path of a socket. */
function inboundAddress(endpoint: InboundEndpoint): Address {
  if (endpoint.kind === 'pipe') return { pipe: { path: endpoint.path } };
  if (endpoint.port === 0) return { pipe: { path: endpoint.address } };
  return socketAddress(endpoint.address, endpoint.port);
}

function isLoopback(endpoint: InboundEndpoint | undefined): boolean {
  if (endpoint === undefined) return false;
  const address = endpoint.kind === 'pipe' ? endpoint.path : endpoint.address;
  return address === '127.0.0.1' || address === '::1';
}

/** An ingress listener without a service is counted under the name of its Sidecar. */
function sidecarAsService({ sidecar }: ProxyView): Pick<Service, 'hostname' | 'name' | 'namespace' | 'registry'> {
  const { name = '', namespace = '' } = sidecar?.metadata ?? {};
  return { hostname: `${name}.${namespace}`, name, namespace, registry: 'External' };
}
