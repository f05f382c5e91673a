import { completeHostname } from '../../model/hostname.ts';
import type { Destination, HTTPRoute, TCPRoute, TLSRoute, VirtualService } from '../../model/istio/virtual-service.ts';

/** Whether a VirtualService names all hosts and gateways in full, as most do: such a one needs no copy with other names. */
export function hasCompleteNames({ hosts, gateways, http, tls, tcp }: VirtualService): boolean {
  return (
    all(hosts, isCompleteHost) &&
    all(gateways, isCompleteGateway) &&
    all(http, hasCompleteDestinations) &&
    all(http, isCompleteRoute) &&
    all(tls, isCompleteRoute) &&
    all(tcp, isCompleteRoute)
  );
}

function all<T>(items: readonly T[] | undefined, isComplete: (item: T) => boolean): boolean {
  return items === undefined || items.every(isComplete);
}

/** A mirror is a destination, too. */
function hasCompleteDestinations({ mirror, mirrors }: HTTPRoute): boolean {
  return isCompleteDestination(mirror) && all(mirrors, leadsToCompleteHost);
}

function isCompleteRoute({ match, route }: Pick<HTTPRoute | TLSRoute | TCPRoute, 'match' | 'route'>): boolean {
  return (
    all<{ readonly gateways?: readonly string[] }>(match, namesCompleteGateways) && all(route, leadsToCompleteHost)
  );
}

function namesCompleteGateways({ gateways }: { readonly gateways?: readonly string[] }): boolean {
  return all(gateways, isCompleteGateway);
}

function leadsToCompleteHost({ destination }: { readonly destination?: Destination }): boolean {
  return isCompleteDestination(destination);
}

function isCompleteDestination(destination: Destination | undefined): boolean {
  return !destination || (destination.host !== undefined && isCompleteHost(destination.host));
}

function isCompleteHost(host: string): boolean {
  return completeHostname(host, '') === host;
}

function isCompleteGateway(gateway: string): boolean {
  return gateway === 'mesh' || (gateway.includes('/') && !gateway.startsWith('./'));
}
