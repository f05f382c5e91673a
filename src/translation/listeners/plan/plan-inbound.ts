import type { ServiceTarget } from '../../../model/endpoint.ts';
import type { IstioIngressListener } from '../../../model/istio/sidecar.ts';
import { parseProtocol } from '../../../model/protocol.ts';
import { referenceOf } from '../../../model/resource.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { inboundName } from '../../../xds/resource-name.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { InboundPlan } from './inbound-plan.ts';
import { canListen } from './reserved-ports.ts';
import { firstUnicastAddress } from './unicast-address.ts';

/**
 * What the proxy accepts, ordered by port: the ingress listeners of its Sidecar, or where there are none, the ports of
 * the services it belongs to. Source: istio `listener_inbound.go`, buildInboundChainConfigs.
 */
export function planInbound(context: ListenerContext): readonly InboundPlan[] {
  const ingress = context.view.sidecar?.spec.ingress ?? [];
  const plans = ingress.length > 0 ? planIngress(context, ingress) : planTargets(context);
  return plans.sort((a, b) => a.targetPort - b.targetPort);
}

/** Without interception a listener for the workload's own port would take it away from the workload. */
function planTargets(context: ListenerContext): InboundPlan[] {
  const { view, wildcard, wildcards } = context;
  if (view.proxy.interceptionMode === 'NONE') return [];
  const owners = new Map<number, ServiceTarget>();
  for (const target of view.targets) {
    const { protocol } = target.port;
    const port = target.targetPort;
    const place = { bindToPort: false, bind: wildcard, wildcard, besideVirtualListeners: true };
    const free = canListen(view, place, { number: port, protocol });
    if (!free) continue;
    const owner = owners.get(port);
    if (owner) reportConflict(view, owner, target);
    else owners.set(port, target);
  }
  return [...owners.values()].map(({ service, port, targetPort }) => ({
    passthrough: false,
    cluster: inboundName(targetPort),
    targetPort,
    port,
    subject: service,
    binds: wildcards,
    bindToPort: false,
  }));
}

/** Two services of one workload port share its chain; only another protocol makes a difference. */
function reportConflict({ mesh }: ProxyView, owner: ServiceTarget, target: ServiceTarget): void {
  const [kept, lost] = [owner.service, target.service];
  if (owner.port.protocol === target.port.protocol || kept.hostname === lost.hostname) return;
  mesh.report({
    code: 'listener-conflict',
    severity: 'warning',
    message:
      `${lost.hostname} declares port ${target.targetPort} of the workload as ${target.port.protocol}, but ` +
      `${kept.hostname}, which comes first, as ${owner.port.protocol}: the workload's proxy takes it for the latter.`,
    resource: referenceOf(lost.origin),
    related: [{ message: `${kept.hostname} came first`, resource: referenceOf(kept.origin) }],
  });
}

function planIngress(context: ListenerContext, ingress: readonly IstioIngressListener[]): InboundPlan[] {
  const { view, wildcard } = context;
  const plans = new Map<number, InboundPlan>();
  for (const listener of ingress) {
    const { port: { name = '', number = 0, protocol: protocolName = '' } = {}, bind = '' } = listener;
    const protocol = parseProtocol(protocolName);
    const bindToPort = bindsToPort(listener, view);
    const place = { bindToPort, bind, wildcard, besideVirtualListeners: false };
    const free = canListen(view, place, { number, protocol });
    if (!free || plans.has(number)) continue;
    plans.set(number, {
      passthrough: false,
      cluster: inboundName(number),
      targetPort: number,
      port: { name, number, protocol },
      ...ownerOf(view),
      binds: ingressBinds(context, bind),
      bindToPort,
    });
  }
  return [...plans.values()];
}

/** A Sidecar is no service: istiod makes up a name for telemetry from those of the Sidecar and the proxy's namespace. */
function ownerOf({ sidecar, proxy }: ProxyView): Pick<InboundPlan, 'subject' | 'configuration'> {
  const name = sidecar?.metadata.name ?? '';
  const { namespace } = proxy;
  return {
    subject: { hostname: `${name}.${namespace}`, name, namespace, registry: 'External' },
    configuration: { name, namespace },
  };
}

function bindsToPort({ captureMode = 'DEFAULT' }: IstioIngressListener, { proxy }: ProxyView): boolean {
  return captureMode === 'DEFAULT' ? proxy.interceptionMode === 'NONE' : captureMode === 'NONE';
}

function ingressBinds({ view, wildcards }: ListenerContext, bind: string): InboundPlan['binds'] {
  if (bind !== '') return [bind];
  const address = firstUnicastAddress(view.proxy.ips);
  return address === undefined ? wildcards : [address];
}
