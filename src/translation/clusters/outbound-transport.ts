import type { Cluster } from '../../xds/types.ts';
import { selectClientTls } from '../tls/client-tls.ts';
import { wrapInProxyProtocol } from '../tls/proxy-protocol-socket.ts';
import { buildUpstreamTransport, type UpstreamTransport } from '../tls/upstream-transport.ts';
import { inferServiceMode } from './auto-mutual-tls.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { OutboundClusterPlan } from './outbound-cluster-plan.ts';
import { selectUpstreamProtocol, type UpstreamProtocol } from './protocol-options.ts';

/** The HTTP version that an outbound cluster speaks. */
export function outboundProtocol(
  { view, mesh, preserveCase }: ClusterContext,
  { port, policy }: OutboundClusterPlan,
): UpstreamProtocol {
  return selectUpstreamProtocol({
    protocol: port.protocol,
    sniffs: view.proxy.type !== 'router',
    preserveCase,
    meshUpgradePolicy: mesh.h2UpgradePolicy,
    direction: 'outbound',
    pool: policy?.connectionPool,
  });
}

const asItComes: UpstreamTransport = {};

/** How connections to the endpoints of an outbound cluster begin. */
export function buildOutboundTransport(
  context: ClusterContext,
  plan: OutboundClusterPlan,
  { name, type }: Pick<Cluster, 'name'> & Pick<OutboundClusterPlan, 'type'>,
): UpstreamTransport {
  if (plan.passesMutualTls) return asItComes;
  const { service, port, policy, subset } = plan;
  const { mesh, proxy } = context.view;
  const { hostname } = service;
  const isDynamic = type === 'dynamic-forward-proxy';
  const identities = isDynamic ? [] : mesh.identitiesOf(service);
  const tls = selectClientTls({
    settings: policy?.tls,
    proxyCertificates: context.proxyCertificates,
    subjectAltNames: identities,
    sni: isDynamic ? undefined : context.names.sniOf(hostname, port.number, subset?.name),
    autoMutualTls: context.mesh.enableAutoMtls ?? false,
    meshExternal: service.meshExternal,
    serviceMode: inferServiceMode(context, plan),
  });
  return buildUpstreamTransport({
    tls,
    clusterName: name,
    isDynamic,
    http2: outboundProtocol(context, plan).kind === 'http2',
    fallbackSubjectAltNames: service.registry === 'External' ? identities : [],
    secretServers: context.secretServers,
    tlsDefaults: context.mesh.tlsDefaults,
    matchesEndpoints: type !== 'ORIGINAL_DST',
    usesTunnels: mesh.features.ambient || proxy.type === 'waypoint',
    mayUseCredentials: mayUseCredentials(context, plan),
  });
}

/** Credentials that are named by rules without a workload selector are for gateways alone. */
export function mayUseCredentials({ view }: ClusterContext, { rule }: OutboundClusterPlan): boolean {
  return view.proxy.type !== 'sidecar' || rule?.spec.workloadSelector !== undefined;
}

export function selectSockets(
  transport: UpstreamTransport,
  { policy, passesMutualTls }: OutboundClusterPlan,
): Pick<Cluster, 'transportSocket' | 'transportSocketMatches'> {
  const settings = passesMutualTls ? undefined : policy?.proxyProtocol;
  if (settings) return wrapInProxyProtocol(transport, settings.version ?? 'V1');
  const { transportSocket, transportSocketMatches } = transport;
  if (transportSocket) return { transportSocket };
  return transportSocketMatches ? { transportSocketMatches } : {};
}
