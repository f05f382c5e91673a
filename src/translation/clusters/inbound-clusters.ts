import type { ServiceTarget } from '../../model/endpoint.ts';
import { parseProtocol } from '../../model/protocol.ts';
import type { Cluster } from '../../xds/types.ts';
import type { ClusterContext } from './cluster-context.ts';
import { buildInboundCluster, type InboundClusterPlan } from './inbound-cluster.ts';
import { ingressEndpoint, localhost } from './inbound-endpoint.ts';

/**
 * One cluster for each port that the proxy's application serves: those of the Sidecar's ingress listeners where it has
 * some, else those of the services it belongs to.
 * Source: istio `pilot/pkg/networking/core/cluster.go`, buildInboundClusters.
 */
export function buildInboundClusters(context: ClusterContext): readonly Cluster[] {
  const { sidecar, proxy } = context.view;
  if (sidecar?.spec.ingress?.length) return planIngress(context).map((plan) => buildInboundCluster(context, plan));
  // Without interception the application itself listens on its ports.
  if (proxy.interceptionMode === 'NONE') return [];
  return planTargets(context).map((plan) => buildInboundCluster(context, plan));
}

/** Services that share a workload port share its cluster; the first of them decides on its policy. */
function planTargets({ view, mesh }: ClusterContext): readonly InboundClusterPlan[] {
  const byPort = new Map<number, ServiceTarget[]>();
  for (const target of view.targets) {
    const others = byPort.get(target.targetPort);
    if (others) others.push(target);
    else byPort.set(target.targetPort, [target]);
  }
  const passesThrough = (mesh.inboundTrafficPolicy?.mode ?? 'PASSTHROUGH') === 'PASSTHROUGH';
  return [...byPort].map(([number, targets]) => ({
    number,
    port: targets[0]?.port ?? { name: '', number, protocol: 'Unsupported' },
    services: targets.map(({ service, port }) => ({ service, port })),
    ...(!passesThrough && { endpoint: { kind: 'socket', address: localhost(view.proxy), port: number } }),
  }));
}

function planIngress({ view }: ClusterContext): readonly InboundClusterPlan[] {
  const plans: InboundClusterPlan[] = [];
  for (const { port: listenPort, defaultEndpoint = '' } of view.sidecar?.spec.ingress ?? []) {
    const number = listenPort?.number ?? 0;
    const endpoint = ingressEndpoint(defaultEndpoint, view.proxy);
    if (endpoint === 'invalid') continue;
    const port = { name: listenPort?.name ?? '', number, protocol: parseProtocol(listenPort?.protocol ?? '') };
    const owner = view.targets.find(({ targetPort }) => targetPort === number)?.service;
    plans.push({
      number,
      port,
      services: owner ? [{ service: owner, port }] : [],
      ...(endpoint && { endpoint }),
    });
  }
  return plans;
}
