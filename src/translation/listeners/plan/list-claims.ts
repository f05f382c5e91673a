import { parsePrefix } from '../../../model/ip-prefix.ts';
import type { IstioEgressListener } from '../../../model/istio/sidecar.ts';
import { isHttp, isTcp, parseProtocol } from '../../../model/protocol.ts';
import type { Port, Service } from '../../../model/service.ts';
import type { EgressListener, SelectedVirtualService } from '../../../registry/proxy-view.ts';
import { addressForProxy } from '../../../registry/service-address.ts';
import { indexVirtualServices, type VirtualServiceIndex } from '../../routes/virtual-service-index.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';
import type { Claim, ListenerClaims, PlacedClaim } from './outbound-plan.ts';
import { placeClaim } from './place-claim.ts';
import { canListen } from './reserved-ports.ts';

/**
 * What claims which outbound listener: the listeners in the order in which they are claimed first.
 * Source: istio `listener.go`, buildSidecarOutboundListeners.
 */
export function listClaims(context: ListenerContext): readonly ListenerClaims[] {
  const { memory, egressListeners } = context.view;
  const ofEgress = egressListeners.map((egress, position) => claimsOfEgress(context, egress, position));
  const claims = ofEgress.length === 1 && ofEgress[0] ? ofEgress[0] : memory.join('claims', ofEgress);
  return memory.groupInOrder('claimed listeners', claims, placeGrouping);
}

const placeGrouping = {
  keyOf: ({ place }: PlacedClaim): string => place,
  make: (claims: readonly PlacedClaim[]): ListenerClaims => ({ claims }),
};

/** Claims follow from the service, the VirtualServices that route its connections, and where all these lead. */
function claimsOfEgress(context: ListenerContext, egress: EgressListener, position: number): readonly PlacedClaim[] {
  const { memory, knownByName } = context.view;
  const virtualServices = indexVirtualServices(memory, egress.virtualServices, {
    purpose: `claiming VirtualServices ${position}`,
    routes: ({ spec: { tls = [], tcp = [] } }) => tls.length + tcp.length > 0,
    nameOf: (host) => host,
  });
  return memory.collect<Service, PlacedClaim>(
    `claims ${position}`,
    egress.services,
    claimantsOf(context, { egress, position, virtualServices }),
    {
      of: (service) => {
        const routing = virtualServices.forHost(service.hostname);
        const ingredients: unknown[] = [...routing];
        for (const name of destinationsOf(egress, service, routing)) ingredients.push(knownByName.get(name));
        return ingredients;
      },
      version: virtualServices.overlaps,
      lookups: {
        in: [virtualServices.byHost, knownByName],
        namesOf: (service) => {
          const { hostname } = service;
          const destinations = destinationsOf(egress, service, virtualServices.forHost(hostname));
          return [...virtualServices.overlaps.find(hostname), ...destinations];
        },
      },
    },
  );
}

/** The names of the services that its connections may be led to. Requests are led on by routes, which follow services themselves. */
function destinationsOf(
  { configuration }: EgressListener,
  service: Service,
  virtualServices: readonly SelectedVirtualService[],
): readonly string[] {
  if (!configuration?.port && service.ports.every(({ protocol }) => isHttp(protocol))) return [];
  const names = [service.hostname];
  for (const { spec } of virtualServices) {
    for (const { route = [] } of [...(spec.tls ?? []), ...(spec.tcp ?? [])]) {
      for (const { destination } of route) names.push(destination?.host ?? '');
    }
  }
  return names;
}

const none: PlacedClaim['networkChains'] = [];

interface ClaimSource {
  readonly egress: EgressListener;
  readonly position: number;
  readonly virtualServices: VirtualServiceIndex;
}

/** Adds what a service claims. */
function claimantsOf(
  context: ListenerContext,
  { egress, position, virtualServices }: ClaimSource,
): (all: PlacedClaim[], service: Service) => void {
  const { port: only } = egress.configuration ?? {};
  const onlyPorts = only && [portOf(only)];
  const { binds, bindToPort } = placeOf(context, egress);
  const wanted = { bindToPort, bind: binds[0] ?? '', wildcard: context.wildcard, besideVirtualListeners: true };
  return (all, service) => {
    const routing = virtualServices.forHost(service.hostname);
    for (const port of onlyPorts ?? service.ports) {
      if (!canListen(context.view, wanted, port)) continue;
      const claim: PlacedClaim = { service, port, binds, bindToPort, egress: position, place: '', networkChains: none };
      if (only || !listensForEachEndpoint(context, claim)) {
        if (placeClaim(context, claim, routing)) all.push(claim);
        continue;
      }
      for (const each of claimsOfEndpoints(context, claim)) if (placeClaim(context, each, routing)) all.push(each);
    }
  };
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
function claimsOfEndpoints({ view }: ListenerContext, claim: PlacedClaim): readonly PlacedClaim[] {
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
