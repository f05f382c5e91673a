import { flatten } from '../../../model/flatten.ts';
import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { IstioEgressListener } from '../../../model/istio/sidecar.ts';
import { isTcp, parseProtocol } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import type { EgressListener } from '../../../registry/proxy-view.ts';
import { addressForProxy } from '../../../registry/service-address.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';
import type { ChainPlan, Claim, ListenerClaims, PlacedClaim } from './outbound-plan.ts';
import { placeClaim } from './place-claim.ts';
import { canListen } from './reserved-ports.ts';
import { indexVirtualServices, type VirtualServiceIndex } from './virtual-service-index.ts';

/**
 * What claims which outbound listener: the listeners in the order in which they are claimed first.
 * Source: istio `listener.go`, buildSidecarOutboundListeners.
 */
export function listClaims(context: ListenerContext): readonly ListenerClaims[] {
  const { memory, egressListeners } = context.view;
  const claims = egressListeners.flatMap((egress, position) => claimsOfEgress(context, egress, position));
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
  make(claims: readonly PlacedClaim[]): ListenerClaims {
    const destinations: string[] = [];
    for (const { networkChains } of claims)
      for (const chain of networkChains) destinations.push(...destinationsOf(chain));
    return { claims, destinations };
  },
};

/** The names of the services that a chain leads to. */
export function destinationsOf({ target, service }: ChainPlan): readonly string[] {
  if (target.kind === 'http') return [];
  if (target.kind === 'service') return [service.hostname];
  return target.routes.map(({ destination }) => destination?.host ?? '');
}

/** Whether a chain leads to one of these services. */
export function leadsTo({ target, service }: ChainPlan, hostnames: ReadonlySet<string>): boolean {
  if (target.kind === 'routes') return target.routes.some(({ destination }) => hostnames.has(destination?.host ?? ''));
  return target.kind === 'service' && hostnames.has(service.hostname);
}

function claimsOfEgress(context: ListenerContext, egress: EgressListener, position: number): readonly PlacedClaim[] {
  const { memory, proxy } = context.view;
  const virtualServices = memory.once(`claiming VirtualServices ${position}`, [egress.virtualServices], () =>
    indexVirtualServices(egress.virtualServices),
  );
  const source: ClaimSource = { egress, position, virtualServices, place: placeOf(context, egress) };
  const [ownAddress] = proxy.ips;
  const claims = memory.mapEach(
    `claims ${position}`,
    egress.services,
    (service) => placedClaimsOf(context, service, source),
    {
      // A proxy does not listen for itself.
      of: ({ hostname, resolution }) => [
        resolution === 'passthrough' && ownAddress,
        ...virtualServices.forHost(hostname),
      ],
      version: memory.once(`claims ${position}`, [virtualServices, ownAddress], () => ({})),
    },
  );
  return flatten(claims);
}

interface ClaimSource {
  readonly egress: EgressListener;
  readonly position: number;
  readonly virtualServices: VirtualServiceIndex;
  readonly place: Place;
}

function placedClaimsOf(
  context: ListenerContext,
  service: Service,
  { egress, position, virtualServices, place }: ClaimSource,
): readonly PlacedClaim[] {
  const { port } = egress.configuration ?? {};
  const claims = port ? claimsOfPort(context, service, port, place) : claimsOfService(context, service, place);
  const routing = virtualServices.forHost(service.hostname);
  const placed: PlacedClaim[] = [];
  for (const claim of claims) {
    const one = placeClaim(context, claim, { egress: position, virtualServices: routing });
    if (one) placed.push(one);
  }
  return placed;
}

function claimsOfPort(
  context: ListenerContext,
  service: Service,
  { name = '', number = 0, protocol = '' }: NonNullable<IstioEgressListener['port']>,
  place: Place,
): readonly Claim[] {
  const port: Port = { name, number, protocol: parseProtocol(protocol) };
  return mayListen(context, place, port) ? [{ service, port, ...place }] : [];
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
