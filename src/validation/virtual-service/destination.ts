import type { Destination, HTTPRouteDestination, RouteDestination } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { wildcardHostNameProblem } from '../values/host-name.ts';
import { portNumberProblem } from '../values/port.ts';
import { subsetNameProblem } from '../values/subset-name.ts';

export function validateDestination(destination: Destination | undefined, field: Field): void {
  if (destination === undefined) return;
  const host = destination.host ?? '';
  field.at('host').refuseIf(host === '*' ? 'Name the host that the traffic goes to.' : wildcardHostNameProblem(host));
  if (destination.subset !== undefined && destination.subset !== '') {
    field.at('subset').refuseIf(subsetNameProblem(destination.subset));
  }
  if (destination.port !== undefined)
    field.at('port').at('number').refuseIf(portNumberProblem(destination.port.number));
}

/** Checks weighted destinations; those of routes that came from the Kubernetes Gateway API were checked there. */
export function validateRouteDestinations(
  destinations: readonly (HTTPRouteDestination | RouteDestination)[] | undefined,
  field: Field,
  isFromGatewayApi: boolean,
): void {
  forEachItem(destinations, field, ({ destination, weight = 0 }, at) => {
    if (destination === undefined) at.at('destination').refuse('Name the destination that the traffic goes to.');
    else if (!isFromGatewayApi) validateDestination(destination, at.at('destination'));
    if (weight < 0) at.at('weight').refuse(`Weight ${weight} is negative; set a number of at least 0.`);
  });
  if (destinations === undefined || destinations.length < 2) return;
  if (destinations.reduce((sum, { weight = 0 }) => sum + weight, 0) === 0) {
    field.refuse('All weights are 0; give the destinations weights.');
  }
}
