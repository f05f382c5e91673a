import { parsePrefix } from '../../../model/ip-prefix.ts';
import { isTcp, parseProtocol } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import type { EgressListener } from '../../../registry/proxy-view.ts';
import { addressForProxy } from '../../../registry/service-address.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';
import { claimListener, type ListenerPlans } from './claim-listener.ts';
import type { Claim, ListenerPlan } from './outbound-plan.ts';
import { canListen } from './reserved-ports.ts';
import { indexVirtualServices } from './virtual-service-index.ts';

/**
 * Decides which outbound listeners exist and which services share them. The egress listeners with a port come first;
 * the catch-all one fills the ports that they left. Source: istio `listener.go`, buildSidecarOutboundListeners.
 */
export function planOutbound(context: ListenerContext): readonly ListenerPlan[] {
  const plans: ListenerPlans = new Map();
  for (const egress of context.view.egressListeners) {
    const virtualServices = indexVirtualServices(egress.virtualServices);
    if (!egress.configuration?.port) for (const plan of plans.values()) plan.locked = true;
    for (const claim of claimsOf(context, egress)) claimListener(context, plans, claim, virtualServices);
  }
  return [...plans.values()];
}

function* claimsOf(context: ListenerContext, egress: EgressListener): Iterable<Claim> {
  const place = placeOf(context, egress);
  const { port } = egress.configuration ?? {};
  if (!port) {
    for (const service of egress.services) yield* claimsOfService(context, service, place);
    return;
  }
  const listenPort: Port = {
    name: port.name ?? '',
    number: port.number ?? 0,
    protocol: parseProtocol(port.protocol ?? ''),
  };
  if (!mayListen(context, place, listenPort)) return;
  for (const service of egress.services) yield { service, port: listenPort, ...place };
}

interface Place {
  readonly binds: Binds;
  readonly bindToPort: boolean;
}

/** Without interception, and for unix sockets, a listener needs a socket of its own: on the loopback address by default. */
function placeOf({ view, localhosts }: ListenerContext, { configuration }: EgressListener): Place {
  const { bind = '', captureMode } = configuration ?? {};
  const bindToPort = view.proxy.interceptionMode === 'NONE' || captureMode === 'NONE' || bind.startsWith('unix://');
  if (bind !== '') return { binds: [bind], bindToPort };
  return { binds: bindToPort ? localhosts : [], bindToPort };
}

function mayListen({ view, wildcard }: ListenerContext, { binds, bindToPort }: Place, port: Port): boolean {
  const { number, protocol } = port;
  const bind = binds[0] ?? '';
  return canListen(view, { bindToPort, bind, port: number, protocol, wildcard, besideVirtualListeners: true });
}

function* claimsOfService(context: ListenerContext, service: Service, place: Place): Iterable<Claim> {
  for (const port of service.ports) {
    if (!mayListen(context, place, port)) continue;
    const claim = { service, port, ...place };
    if (listensForEachEndpoint(context, claim)) yield* claimsOfEndpoints(context, claim);
    else yield claim;
  }
}

/** A service whose callers choose the endpoint, without an address: only HTTP can tell it apart by its host. */
function listensForEachEndpoint({ view }: ListenerContext, { service, port, binds }: Claim): boolean {
  return (
    binds.length === 0 &&
    service.resolution === 'passthrough' &&
    addressForProxy(view, service) === '0.0.0.0' &&
    (isTcp(port.protocol) || port.protocol === 'Unsupported')
  );
}

/**
 * One listener for each endpoint, except the proxy itself. An entry without endpoints, and without a selector that could
 * find some, takes all addresses instead; a Kubernetes service without endpoints cannot be reached and takes nothing.
 */
function* claimsOfEndpoints({ view }: ListenerContext, claim: Claim): Iterable<Claim> {
  const { service, port } = claim;
  const endpoints = view.mesh.endpointsOf(service, port);
  const selects = Object.keys(service.selector).length > 0;
  if (service.registry !== 'Kubernetes' && endpoints.length === 0 && !selects) yield claim;
  for (const { addresses } of endpoints) {
    if (!addresses.every((address) => !address.includes('/') && parsePrefix(address))) continue;
    if (addresses[0] === view.proxy.ips[0]) continue;
    yield { ...claim, binds: addresses };
  }
}
