import { flatten } from '../../../model/flatten.ts';
import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { IstioEgressListener } from '../../../model/istio/sidecar.ts';
import type { Memory } from '../../../model/memory.ts';
import { isTcp, parseProtocol } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import type { EgressListener } from '../../../registry/proxy-view.ts';
import { addressForProxy } from '../../../registry/service-address.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';
import type { Claim, ListenerClaims, PlacedClaim } from './outbound-plan.ts';
import { placeClaim } from './place-claim.ts';
import { canListen } from './reserved-ports.ts';
import { indexVirtualServices, type VirtualServiceIndex } from './virtual-service-index.ts';

/**
 * What claims which outbound listener: the listeners in the order in which they are claimed first.
 * Source: istio `listener.go`, buildSidecarOutboundListeners.
 */
export function listClaims(context: ListenerContext): readonly ListenerClaims[] {
  const { memory, egressListeners } = context.view;
  const ofEgress = egressListeners.map((egress, position) => claimsOfEgress(context, egress, position));
  return memory.once('claimed listeners', ofEgress, () => groupClaims(memory, flatten(ofEgress)));
}

function groupClaims(memory: Memory, claims: readonly PlacedClaim[]): readonly ListenerClaims[] {
  const byPlace = memory.group('outbound listeners', claims, placeGrouping);
  const inOrder: ListenerClaims[] = [];
  for (const claim of claims) {
    const sharing = byPlace.get(claim.place);
    if (sharing?.claims[0] === claim) inOrder.push(sharing);
  }
  return inOrder;
}

const placeGrouping = {
  keyOf: ({ place }: PlacedClaim): string => place,
  make: (claims: readonly PlacedClaim[]): ListenerClaims => ({ claims }),
};

function claimsOfEgress(context: ListenerContext, egress: EgressListener, position: number): readonly PlacedClaim[] {
  const { memory } = context.view;
  const virtualServices = memory.once(`claiming VirtualServices ${position}`, [egress.virtualServices], () =>
    indexVirtualServices(egress.virtualServices),
  );
  const source: ClaimSource = { egress, position, virtualServices, place: placeOf(context, egress) };
  return memory.collect<Service, PlacedClaim>(
    `claims ${position}`,
    egress.services,
    (all, service) => addClaims(context, service, { source, all }),
    { of: ({ hostname }) => virtualServices.forHost(hostname), version: virtualServices },
  );
}

interface ClaimSource {
  readonly egress: EgressListener;
  readonly position: number;
  readonly virtualServices: VirtualServiceIndex;
  readonly place: Place;
}

function addClaims(
  context: ListenerContext,
  service: Service,
  { source, all }: { readonly source: ClaimSource; readonly all: PlacedClaim[] },
): void {
  const { egress, position, place } = source;
  const { port: only } = egress.configuration ?? {};
  const origin = { egress: position, virtualServices: source.virtualServices.forHost(service.hostname) };
  const add = (claim: Claim): void => {
    const placed = placeClaim(context, claim, origin);
    if (placed) all.push(placed);
  };
  for (const port of only ? [portOf(only)] : service.ports) {
    if (!mayListen(context, place, port)) continue;
    const claim = { service, port, binds: place.binds, bindToPort: place.bindToPort };
    if (!only && listensForEachEndpoint(context, claim)) claimsOfEndpoints(context, claim).forEach(add);
    else add(claim);
  }
}

function portOf({ name = '', number = 0, protocol = '' }: NonNullable<IstioEgressListener['port']>): Port {
  return { name, number, protocol: parseProtocol(protocol) };
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
function claimsOfEndpoints({ view }: ListenerContext, claim: Claim): readonly Claim[] {
  const { service, port } = claim;
  const endpoints = view.mesh.endpointsOf(service, port);
  const selects = Object.keys(service.selector).length > 0;
  if (service.registry !== 'Kubernetes' && endpoints.length === 0 && !selects) return [claim];
  const others = endpoints.filter(({ workload }) => workload.addresses[0] !== view.proxy.ips[0]);
  const reachable = others.filter(({ workload }) => workload.addresses.every(isSingleAddress));
  return reachable.map(({ workload }) => ({ ...claim, binds: workload.addresses }));
}

function isSingleAddress(address: string): boolean {
  return !address.includes('/') && parsePrefix(address) !== undefined;
}
