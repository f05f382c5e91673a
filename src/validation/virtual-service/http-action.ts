import type { HTTPRoute } from '../../model/istio/virtual-service.ts';
import type { Field } from '../field.ts';

/** Checks that a route does one thing: route, redirect, answer directly, or delegate. */
export function validateHttpActions(route: HTTPRoute, field: Field, isDelegate: boolean): void {
  if (route.delegate !== undefined && !isDelegate) {
    validateDelegatingRoute(route, field);
    return;
  }
  if (route.delegate !== undefined) field.at('delegate').refuse('A delegate cannot delegate further; remove it.');
  if (route.redirect !== undefined) validateExclusive(route, 'redirect', field);
  else if (route.directResponse !== undefined) validateExclusive(route, 'directResponse', field);
  else if (!hasRoute(route)) field.refuse('The rule does nothing; add route, redirect or directResponse.');
  if (route.mirror !== undefined && (route.mirrors?.length ?? 0) > 0) {
    field.at('mirror').refuse('mirror and mirrors exclude each other; move it into mirrors.');
  }
}

/** What the delegate decides cannot be set beside it. */
function validateDelegatingRoute(route: HTTPRoute, field: Field): void {
  if (route.redirect !== undefined)
    field.at('redirect').refuse('The delegate decides where to; remove redirect or delegate.');
  if (hasRoute(route)) field.at('route').refuse('The delegate decides where to; remove route or delegate.');
}

function validateExclusive(route: HTTPRoute, action: 'redirect' | 'directResponse', field: Field): void {
  const excluded = {
    route: hasRoute(route),
    fault: route.fault !== undefined,
    rewrite: route.rewrite !== undefined,
    directResponse: action === 'redirect' && route.directResponse !== undefined,
  };
  for (const [name, present] of Object.entries(excluded)) {
    if (present) field.at(name).refuse(`${name} and ${action} exclude each other; remove one.`);
  }
}

function hasRoute(route: HTTPRoute): boolean {
  return (route.route?.length ?? 0) > 0;
}
