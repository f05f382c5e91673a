import type { Diagnostic } from '../model/diagnostic.ts';
import type { AppliedPolicies } from './applied-policy.ts';
import type { Observer } from './choose-observers.ts';
import type { FindingCollector } from './finding-collector.ts';
import { Look } from './look.ts';
import type { Renderer } from './renderer.ts';

/** Renders what one proxy gets; what the translation says on the way holds for that proxy. */
export function lookFrom(
  renderer: Renderer,
  observer: Observer,
  { collector, applied }: { readonly collector: FindingCollector; readonly applied: AppliedPolicies },
): Look {
  const { audience, proxy, requests, isAsked, scenario } = observer;
  const { view, snapshot, diagnostics } = renderer.render(proxy);
  for (const diagnostic of diagnostics) {
    // A gateway that stands for those that Gateways select need not have a pod in the input.
    if (!isAsked && diagnostic.code === 'pod-missing') continue;
    if (!isSaidByRule(diagnostic)) collector.add(diagnostic, audience);
  }
  return new Look(audience, { view, snapshot, requests, scenario, applied });
}

/**
 * A rule finds the very field for what the translation only knows of a VirtualService as a whole, and for every proxy what
 * the translation says to gateways alone.
 */
function isSaidByRule({ code, resource }: Diagnostic): boolean {
  return (code === 'unknown-destination' && resource?.kind === 'VirtualService') || code === 'gateway-unknown';
}
