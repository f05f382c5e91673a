import type { HTTPRoute } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { durationProblem } from '../values/duration-problem.ts';
import { validateCorsPolicy } from './cors-policy.ts';
import { validateDestination, validateRouteDestinations } from './destination.ts';
import { validateDirectResponse } from './direct-response.ts';
import { validateFaultInjection } from './fault-injection.ts';
import { validateAuthorityIsSetOnce, validateHeaders } from './header-operations.ts';
import { validateHttpActions } from './http-action.ts';
import { validateHttpMatch } from './http-match.ts';
import { validateMirrors } from './mirror.ts';
import { validateRedirect } from './redirect.ts';
import { validateRetries } from './retries.ts';
import { validateRewrite } from './rewrite.ts';

export interface HttpRouteContext {
  /** Whether the VirtualService has no hosts of its own. */
  readonly isDelegate: boolean;
  readonly isFromGatewayApi: boolean;
}

/** Source: istio `pkg/config/validation/virtualservice.go`. */
export function validateHttpRoute(route: HTTPRoute, field: Field, context: HttpRouteContext): void {
  validateHttpActions(route, field, context.isDelegate);
  forEachItem(route.match, field.at('match').withoutWarnings(), validateHttpMatch);
  validateHeaders(route.headers, field.at('headers'));
  validateCorsPolicy(route.corsPolicy, field.at('corsPolicy'));
  validateFaultInjection(route.fault, field.at('fault'));
  validateDestination(route.mirror, field.at('mirror'));
  validateMirrors(route, field);
  validateRedirect(route.redirect, field.at('redirect'));
  validateDirectResponse(route.directResponse, field.at('directResponse'));
  validateRetries(route.retries, field.at('retries'));
  validateRewrite(route.rewrite, field.at('rewrite'));
  validateAuthorityIsSetOnce(route, field);
  validateRouteDestinations(route.route, field.at('route'), context.isFromGatewayApi);
  forEachItem(route.route, field.at('route'), ({ headers }, at) => {
    validateHeaders(headers, at.at('headers'));
  });
  field.at('timeout').refuseIf(durationProblem(route.timeout));
}
