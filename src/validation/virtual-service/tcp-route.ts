import type { L4MatchAttributes, TCPRoute, TLSMatchAttributes } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { ipRangeProblem } from '../values/address-problem.ts';
import { validateLabels } from '../values/labels.ts';
import { portNumberProblem } from '../values/port.ts';
import { validateRouteDestinations } from './destination.ts';
import { validateGatewayNames } from './gateway-name.ts';

export function validateTcpRoute(route: TCPRoute, field: Field, isFromGatewayApi: boolean): void {
  forEachItem(route.match, field.at('match').withoutWarnings(), validateConnectionMatch);
  if ((route.route?.length ?? 0) === 0) field.at('route').refuse('Name the destination that the traffic goes to.');
  validateRouteDestinations(route.route, field.at('route'), isFromGatewayApi);
}

/** Checks what TCP and TLS routes can both match on. */
export function validateConnectionMatch(match: L4MatchAttributes | TLSMatchAttributes, field: Field): void {
  forEachItem(match.destinationSubnets, field.at('destinationSubnets'), (subnet, at) => {
    at.refuseIf(ipRangeProblem(subnet));
  });
  if (match.port !== undefined && match.port !== 0) field.at('port').refuseIf(portNumberProblem(match.port));
  validateLabels(match.sourceLabels, field.at('sourceLabels'));
  validateGatewayNames(match.gateways, field.at('gateways'));
}
