import { hostnameIsSubsetOf } from '../../model/hostname.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import type { TLSMatchAttributes, TLSRoute, VirtualService } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { gatewayHostNameProblem, wildcardHostNameProblem } from '../values/host-name.ts';
import { validateRouteDestinations } from './destination.ts';
import { validateConnectionMatch } from './tcp-route.ts';

export interface TlsRouteContext {
  readonly service: VirtualService;
  readonly isFromGatewayApi: boolean;
}

export function validateTlsRoute(route: TLSRoute, field: Field, context: TlsRouteContext): void {
  if ((route.match?.length ?? 0) === 0) field.at('match').refuse('Name the server names that the rule is for.');
  forEachItem(route.match, field.at('match'), (match, at) => {
    validateTlsMatch(match, at, context.service);
  });
  if ((route.route?.length ?? 0) === 0) field.at('route').refuse('Name the destination that the traffic goes to.');
  validateRouteDestinations(route.route, field.at('route'), context.isFromGatewayApi);
}

function validateTlsMatch(match: TLSMatchAttributes, field: Field, service: VirtualService): void {
  if ((match.sniHosts?.length ?? 0) === 0) field.at('sniHosts').refuse('Name at least one server name.');
  forEachItem(match.sniHosts, field.at('sniHosts'), (sniHost, at) => {
    validateSniHost(sniHost, at, service);
  });
  validateConnectionMatch(match, field);
}

function validateSniHost(sniHost: string, field: Field, service: VirtualService): void {
  // As in istiod, a VirtualService that names no gateway counts as one for gateways here.
  const problem = service.gateways?.includes('mesh')
    ? wildcardHostNameProblem(sniHost)
    : gatewayHostNameProblem(sniHost, true);
  if (problem === undefined) {
    if (!service.hosts?.some((host) => hostnameIsSubsetOf(sniHost, host))) {
      field.refuse(`Server name "${sniHost}" lies in none of the VirtualService's hosts; add it there.`);
    }
  } else if (isIpAddress(sniHost)) {
    field.warn(`"${sniHost}" is an IP address, which most clients do not send as server name; use a host name.`);
  } else {
    field.refuse(problem);
  }
}
