import type { HTTPRoute } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { percentProblem } from '../values/percentage.ts';
import { validateDestination } from './destination.ts';

/** Checks `mirrors`, and the percentages that belong to the older `mirror`. */
export function validateMirrors(route: HTTPRoute, field: Field): void {
  if (route.mirrorPercent !== undefined) {
    field.at('mirrorPercent').refuseIf(percentProblem(route.mirrorPercent));
    field.at('mirrorPercent').warn('mirrorPercent is deprecated; set mirrorPercentage.');
  }
  field.at('mirrorPercentage').at('value').refuseIf(percentProblem(route.mirrorPercentage?.value));
  forEachItem(route.mirrors, field.at('mirrors'), ({ destination, percentage }, at) => {
    if (destination === undefined) {
      at.at('destination').refuse('Name the destination that gets a copy of the requests.');
      return;
    }
    validateDestination(destination, at.at('destination'));
    at.at('percentage').at('value').refuseIf(percentProblem(percentage?.value));
  });
}
